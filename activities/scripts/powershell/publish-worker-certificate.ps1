# Writes the public half of the worker's client certificate to a file, from where every Master node takes it.
param($parameters)
$certificate = Get-Item -LiteralPath "Cert:\LocalMachine\My\$($parameters.thumbprint)"
Export-Certificate -Cert $certificate -FilePath $parameters.path -Type CERT -Force | Out-Null
[pscustomobject]@{}
