# Lets this machine trust the certificate that lies in a file, if it is still the one that was looked at.
param($parameters)
$bytes = [IO.File]::ReadAllBytes($parameters.path)
$certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
if ($certificate.Thumbprint -ne $parameters.thumbprint) {
    throw "$($parameters.path) holds $($certificate.Thumbprint), not $($parameters.thumbprint)"
}
if ($certificate.HasPrivateKey) { throw "$($parameters.path) holds a private key too, which belongs nowhere but on its own machine" }
$root = New-Object Security.Cryptography.X509Certificates.X509Store -ArgumentList 'Root', 'LocalMachine'
$root.Open([Security.Cryptography.X509Certificates.OpenFlags]::ReadWrite)
$root.Add($certificate)
$root.Close()
[pscustomobject]@{}
