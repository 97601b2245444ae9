# Removes the secret that is kept under a key.
param($parameters)
$name = [BitConverter]::ToString([Text.Encoding]::UTF8.GetBytes($parameters.key)).Replace('-', '')
$path = Join-Path $env:ProgramData "ssis-ha\vault\$name"
if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -Force }
[pscustomobject]@{}
