# Lets an address of the cluster answer the probe of a load balancer. All parameters are set at once, its network
# among them, since a mask of a single host says nothing of it; they hold from the next time that it comes online,
# so it is taken offline first, and whatever depends on it is brought back.
param($parameters)
$resource = $null
$network = $null
foreach ($candidate in @(Get-ClusterResource | Where-Object { [string]$_.ResourceType -eq 'IP Address' })) {
    $settings = @{}
    $candidate | Get-ClusterParameter | ForEach-Object { $settings[$_.Name] = $_.Value }
    if ([string]$settings['Address'] -ne $parameters.address) { continue }
    $resource = $candidate
    $network = [string]$settings['Network']
}
if ($null -eq $resource) { throw "The cluster has no address $($parameters.address)" }
$resource | Set-ClusterParameter -Multiple @{
    Address = $parameters.address
    ProbePort = $parameters.probePort
    SubnetMask = $parameters.mask
    Network = $network
    EnableDhcp = 0
}
$resource | Stop-ClusterResource -Wait 120 | Out-Null
Start-ClusterGroup -Name $resource.OwnerGroup.Name -Wait 120 | Out-Null
[pscustomobject]@{}
