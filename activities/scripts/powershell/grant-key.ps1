# Lets an account read the private key of a certificate of this machine.
param($parameters)
$certificate = Get-Item -LiteralPath "Cert:\LocalMachine\My\$($parameters.thumbprint)"
$private = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
$container = $private.CspKeyContainerInfo.UniqueKeyContainerName
if (-not $container) { $container = $private.Key.UniqueName }
$crypto = Join-Path $env:ProgramData 'Microsoft\Crypto'
$file = @("$crypto\RSA\MachineKeys\$container", "$crypto\Keys\$container") | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
if (-not $file) { throw "The private key of $($parameters.thumbprint) lies in no file of this machine" }
$account = $parameters.account
if ($account -eq 'LocalSystem') { $account = '*S-1-5-18' }
$null = & icacls.exe $file /grant "${account}:R" 2>&1
if ($LASTEXITCODE -ne 0) { throw "icacls.exe ended with $LASTEXITCODE" }
[pscustomobject]@{}
