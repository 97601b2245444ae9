# Writes what the engine takes at its next start: certificate, authentication mode, port.
param($parameters)
$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
$instanceId = (Get-ItemProperty -LiteralPath "$root\Instance Names\SQL").($parameters.instance)
if ($null -eq $instanceId) { throw "There is no instance $($parameters.instance)" }
$key = "$root\$instanceId\MSSQLServer"
$settings = $parameters.settings
$certificate = ''
if ($settings.certificate) { $certificate = $settings.certificate.ToLowerInvariant() }
$loginMode = 1
if ($settings.mixedMode) { $loginMode = 2 }
Set-ItemProperty -LiteralPath "$key\SuperSocketNetLib" -Name 'Certificate' -Value $certificate
Set-ItemProperty -LiteralPath $key -Name 'LoginMode' -Value $loginMode
Set-ItemProperty -LiteralPath "$key\SuperSocketNetLib\Tcp" -Name 'Enabled' -Value ([int]$settings.tcpEnabled)
Set-ItemProperty -LiteralPath "$key\SuperSocketNetLib\Tcp\IPAll" -Name 'TcpPort' -Value $settings.tcpPort
Set-ItemProperty -LiteralPath "$key\SuperSocketNetLib\Tcp\IPAll" -Name 'TcpDynamicPorts' -Value $settings.dynamicPorts
[pscustomobject]@{}
