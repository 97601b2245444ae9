# Start type and state of a service; null where there is no such service.
param($parameters)
$service = Get-CimInstance -ClassName Win32_Service | Where-Object { $_.Name -eq $parameters.name }
if ($null -eq $service) { return [pscustomobject]@{ service = $null } }
$startMode = [string]$service.StartMode
if ($startMode -eq 'Auto') { $startMode = 'Automatic' }
[pscustomobject]@{
    service = [pscustomobject]@{ startMode = $startMode; isRunning = [string]$service.State -ne 'Stopped' }
}
