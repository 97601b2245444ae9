# Removes a certificate from a machine store by its thumbprint.
param($parameters)
$path = "Cert:\LocalMachine\$($parameters.store)\$($parameters.thumbprint)"
if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path }
[pscustomobject]@{}
