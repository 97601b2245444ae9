# Makes the clustered role of the Scale Out Master: the service under a name and addresses of its own, and only
# on nodes that have it. Neither storage nor registry keys go with it: its settings are files. Of addresses in
# several networks one is online at a time, so the name must not wait for all of them; it starts only then.
param($parameters)
$service = "SSISScaleOutMaster$($parameters.suffix)"
Add-ClusterGenericServiceRole -ServiceName $service -Name $parameters.name `
    -StaticAddress $parameters.addresses -Wait 0 | Out-Null
$parts = @(Get-ClusterResource | Where-Object { $_.OwnerGroup.Name -eq $parameters.name })
$parts | Where-Object { [string]$_.ResourceType -eq 'Generic Service' } | Set-ClusterOwnerNode -Owners $parameters.owners
if (@($parameters.addresses).Count -gt 1) {
    $name = @($parts | Where-Object { [string]$_.ResourceType -eq 'Network Name' })[0]
    $addresses = @($parts | Where-Object { [string]$_.ResourceType -eq 'IP Address' } | ForEach-Object { "[$($_.Name)]" })
    $name | Stop-ClusterResource -Wait 120 | Out-Null
    $name | Set-ClusterResourceDependency -Dependency ($addresses -join ' or ') | Out-Null
}
Start-ClusterGroup -Name $parameters.name -Wait 120 | Out-Null
[pscustomobject]@{}
