# Makes the clustered role of the Scale Out Master: the service under a name and addresses of its own, and only
# on nodes that have it. Neither storage nor registry keys go with it: its settings are files.
param($parameters)
$service = "SSISScaleOutMaster$($parameters.suffix)"
Add-ClusterGenericServiceRole -ServiceName $service -Name $parameters.name `
    -StaticAddress $parameters.addresses -Wait 120 | Out-Null
Get-ClusterResource | Where-Object {
    [string]$_.ResourceType -eq 'Generic Service' -and $_.OwnerGroup.Name -eq $parameters.name
} | Set-ClusterOwnerNode -Owners $parameters.owners
[pscustomobject]@{}
