# Takes this node back into service, and moves nothing back to it.
param($parameters)
$node = Get-ClusterNode -Name $env:COMPUTERNAME
if ([string]$node.State -eq 'Paused') { Resume-ClusterNode -Name $node.Name -Failback NoFailback | Out-Null }
[pscustomobject]@{}
