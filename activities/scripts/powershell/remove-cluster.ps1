# Destroys the cluster on all its nodes and its computer object, unless anything else lives on it.
param($parameters)
$cluster = Get-Cluster
if ($cluster.Name -ne $parameters.name) { throw "This node belongs to $($cluster.Name), not to $($parameters.name)" }
$others = @(Get-ClusterGroup | Where-Object { -not $_.IsCoreGroup } | ForEach-Object { $_.Name })
if ($others.Count -gt 0) { throw "The cluster still holds $($others -join ', ')" }
Remove-Cluster -InputObject $cluster -Force -CleanupAD
[pscustomobject]@{}
