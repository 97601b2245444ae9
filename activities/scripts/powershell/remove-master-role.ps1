# Removes the clustered role of the Scale Out Master with its name and addresses; the service stays, stopped.
param($parameters)
$service = "SSISScaleOutMaster$($parameters.suffix)"
$group = Get-ClusterGroup | Where-Object { $_.Name -eq $parameters.name }
if ($null -eq $group) { return [pscustomobject]@{} }
$others = @(Get-ClusterResource | Where-Object { $_.OwnerGroup.Name -eq $group.Name } | Where-Object {
    $type = [string]$_.ResourceType
    $isOwn = $type -eq 'Generic Service' -and ($_ | Get-ClusterParameter -Name 'ServiceName').Value -eq $service
    -not $isOwn -and @('Network Name', 'IP Address') -notcontains $type
})
if ($others.Count -gt 0) { throw "$($group.Name) holds $(@($others | ForEach-Object { $_.Name }) -join ', ') too" }
$group | Stop-ClusterGroup -Wait 120 | Out-Null
$group | Remove-ClusterGroup -RemoveResources -Force
[pscustomobject]@{}
