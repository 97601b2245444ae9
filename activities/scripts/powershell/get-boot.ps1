# Tells one start of the machine from another.
param($parameters)
$system = Get-CimInstance -ClassName Win32_OperatingSystem
[pscustomobject]@{ bootId = [string]$system.LastBootUpTime.ToUniversalTime().Ticks }
