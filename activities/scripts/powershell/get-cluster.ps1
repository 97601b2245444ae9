# The cluster that this node belongs to, with its nodes and groups; null when it belongs to none.
param($parameters)
$service = Get-Service -Name 'ClusSvc' -ErrorAction SilentlyContinue
$isMember = ($null -ne $service) -and (Test-Path -LiteralPath 'HKLM:\Cluster')
if (-not $isMember) { return [pscustomobject]@{ cluster = $null } }
$cluster = Get-Cluster
$nodes = @(Get-ClusterNode | ForEach-Object { [pscustomobject]@{ name = $_.Name; state = [string]$_.State } })
$groups = @(Get-ClusterGroup | ForEach-Object {
    [pscustomobject]@{ name = $_.Name; state = [string]$_.State; owner = $_.OwnerNode.Name; type = [string]$_.GroupType }
})
[pscustomobject]@{ cluster = [pscustomobject]@{ name = $cluster.Name; nodes = $nodes; groups = $groups } }
