# Sets how the name of a listener is registered. The settings hold from the next time that the name comes online,
# so it is taken offline first; whatever depends on it, the availability group too, is brought back.
param($parameters)
$resource = Get-ClusterResource | Where-Object { $_.Name -eq $parameters.resource }
if ($null -eq $resource) { throw "The cluster has no resource $($parameters.resource)" }
$resource | Stop-ClusterResource | Out-Null
$resource | Set-ClusterParameter -Name 'RegisterAllProvidersIP' -Value ([int]$parameters.registersAll)
$resource | Set-ClusterParameter -Name 'HostRecordTTL' -Value $parameters.recordSeconds
$resource | Start-ClusterResource | Out-Null
Start-ClusterGroup -Name $resource.OwnerGroup.Name | Out-Null
[pscustomobject]@{}
