# Takes the right to read the private key of a certificate of this machine from an account.
param($parameters)
$path = "Cert:\LocalMachine\My\$($parameters.thumbprint)"
if (-not (Test-Path -LiteralPath $path)) { return [pscustomobject]@{} }
$certificate = Get-Item -LiteralPath $path
$private = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
$container = $private.CspKeyContainerInfo.UniqueKeyContainerName
if (-not $container) { $container = $private.Key.UniqueName }
$crypto = Join-Path $env:ProgramData 'Microsoft\Crypto'
$file = @("$crypto\RSA\MachineKeys\$container", "$crypto\Keys\$container") | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not $file) { return [pscustomobject]@{} }
$account = $parameters.account
if ($account -eq 'LocalSystem') { $account = '*S-1-5-18' }
$null = & icacls.exe $file /remove:g $account 2>&1
if ($LASTEXITCODE -ne 0) { throw "icacls.exe ended with $LASTEXITCODE" }
[pscustomobject]@{}
