# Lets the Master of this node read its settings anew. Where a role of the cluster owns it, the cluster stops
# and starts it, since it would take a stop by any other hand for a failure. Where none does, it is only
# stopped: until the role starts it, no Master is to run.
param($parameters)
$service = "SSISScaleOutMaster$($parameters.suffix)"
$clusterService = Get-Service -Name 'ClusSvc' -ErrorAction SilentlyContinue
$resource = $null
if ($null -ne $clusterService -and (Test-Path -LiteralPath 'HKLM:\Cluster')) {
    $resource = Get-ClusterResource | Where-Object { [string]$_.ResourceType -eq 'Generic Service' } | Where-Object {
        ($_ | Get-ClusterParameter -Name 'ServiceName').Value -eq $service
    } | Select-Object -First 1
}
if ($null -eq $resource -or $resource.OwnerNode.Name -ne $env:COMPUTERNAME) {
    Stop-Service -Name $service -Force
    return [pscustomobject]@{}
}
$resource | Stop-ClusterResource -Wait 120 | Out-Null
$resource | Start-ClusterResource -Wait 120 | Out-Null
[pscustomobject]@{}
