# Takes this node out of service: what it still owns moves away, and nothing moves here. Refused while it owns
# an availability group, since a drain would fail it over behind the engine's back.
param($parameters)
$node = Get-ClusterNode -Name $env:COMPUTERNAME
$groups = @(Get-ClusterGroup | Where-Object {
    ([string]$_.GroupType -eq 'AvailabilityGroup') -and ($_.OwnerNode.Name -eq $node.Name)
} | ForEach-Object { $_.Name })
if ($groups.Count -gt 0) { throw "This node still owns the availability group $($groups -join ', ')" }
$isDrained = ([string]$node.State -eq 'Paused') -and ([string]$node.DrainStatus -eq 'Completed')
if (-not $isDrained) { Suspend-ClusterNode -Name $node.Name -Drain -Wait | Out-Null }
[pscustomobject]@{}
