# Which certificate a file holds; null where there is no such file.
param($parameters)
$thumbprint = $null
if (Test-Path -LiteralPath $parameters.path -PathType Leaf) {
    $bytes = [IO.File]::ReadAllBytes($parameters.path)
    $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
    $thumbprint = $certificate.Thumbprint
}
[pscustomobject]@{ thumbprint = $thumbprint }
