# Keeps a secret on this machine, unless one is kept under that key: the first memory is the true one.
param($parameters)
Add-Type -AssemblyName System.Security
$folder = Join-Path $env:ProgramData 'ssis-ha\vault'
[IO.Directory]::CreateDirectory($folder) | Out-Null
$null = & icacls.exe $folder /inheritance:r /grant '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' 2>&1
if ($LASTEXITCODE -ne 0) { throw "icacls.exe ended with $LASTEXITCODE" }
$name = [BitConverter]::ToString([Text.Encoding]::UTF8.GetBytes($parameters.key)).Replace('-', '')
$path = Join-Path $folder $name
if (-not (Test-Path -LiteralPath $path)) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($parameters.value)
    $sealed = [Security.Cryptography.ProtectedData]::Protect($bytes, $null, 'LocalMachine')
    $fresh = "$path.new"
    [IO.File]::WriteAllBytes($fresh, $sealed)
    [IO.File]::Move($fresh, $path)
}
[pscustomobject]@{}
