# Where the role of the Scale Out Master may and would rather live, whether it goes back by itself, and how its
# name is registered. Only the last takes the role offline for a moment.
param($parameters)
$service = "SSISScaleOutMaster$($parameters.suffix)"
$own = Get-ClusterResource | Where-Object { [string]$_.ResourceType -eq 'Generic Service' } | Where-Object {
    ($_ | Get-ClusterParameter -Name 'ServiceName').Value -eq $service
} | Select-Object -First 1
if ($null -eq $own) { throw "No role of this cluster owns $service" }
$group = Get-ClusterGroup -Name $own.OwnerGroup.Name
$own | Set-ClusterOwnerNode -Owners $parameters.possibleOwners
$group | Set-ClusterOwnerNode -Owners $parameters.preferredOwners
$group.AutoFailbackType = [int]$parameters.failsBack

if ($null -ne $parameters.registration) {
    $wanted = @{}
    if ($null -ne $parameters.registration.registerAllProviders) {
        $wanted['RegisterAllProvidersIP'] = $parameters.registration.registerAllProviders
    }
    if ($null -ne $parameters.registration.timeToLive) { $wanted['HostRecordTTL'] = $parameters.registration.timeToLive }
    $name = Get-ClusterResource | Where-Object {
        $_.OwnerGroup.Name -eq $group.Name -and [string]$_.ResourceType -eq 'Network Name'
    }
    $name | Set-ClusterParameter -Multiple $wanted
    $name | Stop-ClusterResource -Wait 120 | Out-Null
    $group | Start-ClusterGroup -Wait 120 | Out-Null
}
[pscustomobject]@{}
