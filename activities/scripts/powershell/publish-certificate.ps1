# Writes the public half of a certificate to a file.
param($parameters)
$certificate = Get-Item -LiteralPath "Cert:\LocalMachine\$($parameters.store)\$($parameters.thumbprint)"
Export-Certificate -Cert $certificate -FilePath $parameters.path -Type CERT -Force | Out-Null
[pscustomobject]@{}
