# Which certificates lie in files of a folder, of those that are asked for; a file that is not there is left out.
param($parameters)
function ConvertTo-Finding($certificate) {
    $constraints = $certificate.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.19' }
    $keyUsage = $certificate.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.15' }
    $usages = $certificate.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.37' }
    $signing = [Security.Cryptography.X509Certificates.X509KeyUsageFlags]::KeyCertSign
    [pscustomobject]@{
        thumbprint = $certificate.Thumbprint
        names = @([regex]::Matches($certificate.Subject, '(?:^|,\s*)CN=([^,]+)') | ForEach-Object { $_.Groups[1].Value.Trim() })
        notAfterMs = [int64]($certificate.NotAfter.ToUniversalTime() - [datetime]'1970-01-01').TotalMilliseconds
        isSelfSigned = $certificate.Subject -eq $certificate.Issuer
        isAuthority = ($null -ne $constraints) -and $constraints.CertificateAuthority
        canSign = ($null -ne $keyUsage) -and (($keyUsage.KeyUsages -band $signing) -eq $signing)
        usages = @($usages.EnhancedKeyUsages | Where-Object { $_ } | ForEach-Object { $_.Value })
    }
}
$published = @(foreach ($file in $parameters.files) {
    $path = Join-Path $parameters.folder $file
    if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { continue }
    $bytes = [IO.File]::ReadAllBytes($path)
    $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
    [pscustomobject]@{ file = $file; certificate = ConvertTo-Finding $certificate }
})
[pscustomobject]@{ published = $published }
