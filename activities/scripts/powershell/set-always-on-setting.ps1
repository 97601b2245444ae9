# Turns Always On on or off for the next start of the engine, without restarting it.
param($parameters)
$module = @('SqlServer', 'SQLPS') | Where-Object { Get-Module -ListAvailable -Name $_ } | Select-Object -First 1
if ($null -eq $module) { throw 'Neither the module SqlServer nor SQLPS is installed' }
Import-Module -Name $module -DisableNameChecking
$server = $env:COMPUTERNAME
if ($parameters.instance -ne 'MSSQLSERVER') { $server = "$server\$($parameters.instance)" }
if ($parameters.enabled) {
    Enable-SqlAlwaysOn -ServerInstance $server -NoServiceRestart -Force
} else {
    Disable-SqlAlwaysOn -ServerInstance $server -NoServiceRestart -Force
}
[pscustomobject]@{}
