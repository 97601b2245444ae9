# The certificates of a machine store that carry a name.
param($parameters)
$wanted = $parameters.dnsName
$found = @(Get-ChildItem -LiteralPath "Cert:\LocalMachine\$($parameters.store)" | Where-Object {
    @($_.DnsNameList | ForEach-Object { $_.Unicode }) -contains $wanted
} | ForEach-Object {
    $usages = @($_.EnhancedKeyUsageList | ForEach-Object { $_.ObjectId })
    $constraints = $_.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.19' }
    $keyUsage = $_.Extensions | Where-Object { $_.Oid.Value -eq '2.5.29.15' }
    $signing = [Security.Cryptography.X509Certificates.X509KeyUsageFlags]::KeyCertSign
    [pscustomobject]@{
        thumbprint = $_.Thumbprint
        subject = $_.Subject
        issuer = $_.Issuer
        dnsNames = @($_.DnsNameList | ForEach-Object { $_.Unicode })
        notAfterMs = [int64]($_.NotAfter.ToUniversalTime() - [datetime]'1970-01-01').TotalMilliseconds
        hasPrivateKey = $_.HasPrivateKey
        isAuthority = ($null -ne $constraints) -and $constraints.CertificateAuthority
        isForServers = $usages -contains '1.3.6.1.5.5.7.3.1'
        usages = $usages
        canSign = ($null -ne $keyUsage) -and (($keyUsage.KeyUsages -band $signing) -eq $signing)
    }
})
[pscustomobject]@{ certificates = $found }
