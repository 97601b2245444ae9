# Restarts the engine of an instance, and starts again what depended on it and ran.
param($parameters)
$name = 'MSSQL$' + $parameters.instance
if ($parameters.instance -eq 'MSSQLSERVER') { $name = 'MSSQLSERVER' }
$dependents = @(Get-Service -Name $name -DependentServices | Where-Object { [string]$_.Status -eq 'Running' } | ForEach-Object { $_.Name })
Restart-Service -Name $name -Force
foreach ($dependent in $dependents) { Start-Service -Name $dependent }
$service = Get-Service -Name $name
$service.WaitForStatus('Running', [TimeSpan]::FromMinutes(5))
[pscustomobject]@{}
