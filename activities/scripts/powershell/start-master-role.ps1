# Brings a role online.
param($parameters)
Start-ClusterGroup -Name $parameters.name -Wait 120 | Out-Null
[pscustomobject]@{}
