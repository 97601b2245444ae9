# The secret that is kept under a key, or null.
param($parameters)
Add-Type -AssemblyName System.Security
$name = [BitConverter]::ToString([Text.Encoding]::UTF8.GetBytes($parameters.key)).Replace('-', '')
$path = Join-Path $env:ProgramData "ssis-ha\vault\$name"
$value = $null
if (Test-Path -LiteralPath $path) {
    $bytes = [Security.Cryptography.ProtectedData]::Unprotect([IO.File]::ReadAllBytes($path), $null, 'LocalMachine')
    $value = [Text.Encoding]::UTF8.GetString($bytes)
}
[pscustomobject]@{ value = $value }
