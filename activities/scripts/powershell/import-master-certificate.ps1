# Puts the certificate of the Scale Out Master, with its key and without leave to export it, into Root: after
# a look into the PFX, since what lies in Root is trusted by the whole machine.
param($parameters)
$password = ConvertTo-SecureString -String $parameters.pfxPassword -AsPlainText -Force
$pfx = Get-PfxData -FilePath $parameters.pfx -Password $password
if (@($pfx.OtherCertificates).Count -gt 0) { throw "$($parameters.pfx) holds further certificates, which would be trusted too" }
$certificates = @($pfx.EndEntityCertificates)
if ($certificates.Count -ne 1) { throw "$($parameters.pfx) holds $($certificates.Count) certificates with a key, not one" }
$certificate = $certificates[0]
$names = @($certificate.DnsNameList | ForEach-Object { $_.Unicode })
foreach ($name in $parameters.dnsNames) {
    if ($names -notcontains $name) { throw "The certificate in $($parameters.pfx) does not name $name" }
}
if ($certificate.Subject -ne $certificate.Issuer) { throw "The certificate in $($parameters.pfx) is not self-signed" }
$usages = @($certificate.EnhancedKeyUsageList | ForEach-Object { $_.ObjectId })
if (($usages.Count -ne 1) -or ($usages[0] -ne '1.3.6.1.5.5.7.3.1')) {
    throw "The certificate in $($parameters.pfx) is not for server authentication alone"
}
foreach ($extension in $certificate.Extensions) {
    if (($extension.Oid.Value -eq '2.5.29.19') -and $extension.CertificateAuthority) {
        throw "The certificate in $($parameters.pfx) is that of an authority"
    }
    if ($extension.Oid.Value -ne '2.5.29.15') { continue }
    $signing = [Security.Cryptography.X509Certificates.X509KeyUsageFlags]::KeyCertSign
    if (($extension.KeyUsages -band $signing) -eq $signing) { throw "The certificate in $($parameters.pfx) may sign others" }
}
Import-PfxCertificate -FilePath $parameters.pfx -CertStoreLocation 'Cert:\LocalMachine\Root' -Password $password | Out-Null
[pscustomobject]@{}
