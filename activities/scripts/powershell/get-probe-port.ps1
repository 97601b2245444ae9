# How an address of the cluster answers the probe of a load balancer; null where the cluster has no such address.
param($parameters)
$found = $null
foreach ($resource in @(Get-ClusterResource | Where-Object { [string]$_.ResourceType -eq 'IP Address' })) {
    $settings = @{}
    $resource | Get-ClusterParameter | ForEach-Object { $settings[$_.Name] = $_.Value }
    if ([string]$settings['Address'] -ne $parameters.address) { continue }
    $found = [pscustomobject]@{ probePort = [int]$settings['ProbePort']; mask = [string]$settings['SubnetMask'] }
}
[pscustomobject]@{ address = $found }
