# Where the role of the Scale Out Master may and would rather live, whether it goes back by itself, and how its
# name is registered and which addresses it waits for. Only the last two take the role offline for a moment.
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

$parts = @(Get-ClusterResource | Where-Object { $_.OwnerGroup.Name -eq $group.Name })
$name = @($parts | Where-Object { [string]$_.ResourceType -eq 'Network Name' })[0]
if ($null -ne $parameters.registration) {
    $wanted = @{}
    if ($null -ne $parameters.registration.registerAllProviders) {
        $wanted['RegisterAllProvidersIP'] = $parameters.registration.registerAllProviders
    }
    if ($null -ne $parameters.registration.timeToLive) { $wanted['HostRecordTTL'] = $parameters.registration.timeToLive }
    $name | Set-ClusterParameter -Multiple $wanted
}
if ($null -ne $parameters.registration -or $parameters.needOneAddress) {
    $name | Stop-ClusterResource -Wait 120 | Out-Null
    if ($parameters.needOneAddress) {
        $addresses = @($parts | Where-Object { [string]$_.ResourceType -eq 'IP Address' } | ForEach-Object { "[$($_.Name)]" })
        $name | Set-ClusterResourceDependency -Dependency ($addresses -join ' or ') | Out-Null
    }
    $group | Start-ClusterGroup -Wait 120 | Out-Null
}
[pscustomobject]@{}
