# Creates the cluster over all nodes, without taking any disk. Its name has addresses of its own, or stands for
# those of the nodes where it is distributed; what it is to be is said, since in Azure the default is the other.
param($parameters)
$wanted = @{ ManagementPointNetworkType = $parameters.managementPoint }
if (@($parameters.addresses).Count -gt 0) { $wanted['StaticAddress'] = @($parameters.addresses) }
New-Cluster -Name $parameters.name -Node $parameters.nodes -NoStorage @wanted | Out-Null
[pscustomobject]@{}
