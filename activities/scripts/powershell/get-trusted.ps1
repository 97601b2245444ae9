# The certificates in Root whose subject names one of these machines.
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
$found = @(Get-ChildItem -LiteralPath 'Cert:\LocalMachine\Root' | ForEach-Object { ConvertTo-Finding $_ } | Where-Object {
    @($_.names | Where-Object { $parameters.names -contains $_ }).Count -gt 0
})
[pscustomobject]@{ certificates = $found }
