# Creates the cluster over all nodes, without taking any disk.
param($parameters)
New-Cluster -Name $parameters.name -Node $parameters.nodes -StaticAddress $parameters.address -NoStorage | Out-Null
[pscustomobject]@{}
