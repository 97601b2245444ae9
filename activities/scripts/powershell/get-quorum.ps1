# Who votes in the cluster of this node, and its witness; null when this node belongs to no cluster.
param($parameters)
$service = Get-Service -Name 'ClusSvc' -ErrorAction SilentlyContinue
$isMember = ($null -ne $service) -and (Test-Path -LiteralPath 'HKLM:\Cluster')
if (-not $isMember) { return [pscustomobject]@{ quorum = $null } }
$nodes = @(Get-ClusterNode | ForEach-Object {
    [pscustomobject]@{ name = $_.Name; state = [string]$_.State; votes = [int]$_.NodeWeight }
})
$witness = [pscustomobject]@{ kind = 'none'; at = $null; isOnline = $false }
$resource = (Get-ClusterQuorum).QuorumResource
if ($null -ne $resource) {
    $witness.isOnline = ([string]$resource.State) -eq 'Online'
    switch ($resource.ResourceType.Name) {
        'File Share Witness' {
            $witness.kind = 'fileShare'
            $witness.at = [string]($resource | Get-ClusterParameter -Name SharePath).Value
        }
        'Cloud Witness' {
            $witness.kind = 'cloud'
            $witness.at = [string]($resource | Get-ClusterParameter -Name AccountName).Value
        }
        default {
            $witness.kind = 'disk'
            $witness.at = $resource.Name
        }
    }
}
[pscustomobject]@{ quorum = [pscustomobject]@{ cluster = (Get-Cluster).Name; nodes = $nodes; witness = $witness } }
