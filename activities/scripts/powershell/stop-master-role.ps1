# Takes a role offline, as it was before.
param($parameters)
Stop-ClusterGroup -Name $parameters.name -Wait 120 | Out-Null
[pscustomobject]@{}
