# What the registry says about Always On, which the engine takes at its next start; null where there is no instance.
param($parameters)
$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
$names = Get-ItemProperty -LiteralPath "$root\Instance Names\SQL" -ErrorAction SilentlyContinue
$instanceId = $names.($parameters.instance)
if ($null -eq $instanceId) { return [pscustomobject]@{ configured = $null } }
$key = Get-ItemProperty -LiteralPath "$root\$instanceId\MSSQLServer\HADR" -ErrorAction SilentlyContinue
[pscustomobject]@{ configured = $key.HADR_Enabled -eq 1 }
