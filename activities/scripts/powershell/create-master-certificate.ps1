# Makes the certificate of the Scale Out Master: created in My, where alone the cmdlet can create; written
# with its key to the site's own file; imported into Root without leave to export; the copy in My removed.
param($parameters)
$password = ConvertTo-SecureString -String $parameters.pfxPassword -AsPlainText -Force
$certificate = New-SelfSignedCertificate -Subject "CN=$($parameters.fullName)" `
    -DnsName $parameters.fullName, $parameters.shortName -CertStoreLocation 'Cert:\LocalMachine\My' `
    -KeyExportPolicy Exportable -KeySpec KeyExchange -KeyLength $parameters.keyBits -HashAlgorithm SHA256 `
    -Provider 'Microsoft RSA SChannel Cryptographic Provider' -NotAfter (Get-Date).AddYears($parameters.years) `
    -TextExtension '2.5.29.37={text}1.3.6.1.5.5.7.3.1', '2.5.29.19={critical}{text}ca=false' `
    -FriendlyName 'SSISScaleOutMaster'
Export-PfxCertificate -Cert $certificate -FilePath $parameters.pfx -Password $password `
    -ChainOption EndEntityCertOnly -NoClobber | Out-Null
Import-PfxCertificate -FilePath $parameters.pfx -CertStoreLocation 'Cert:\LocalMachine\Root' -Password $password | Out-Null
Remove-Item -LiteralPath "Cert:\LocalMachine\My\$($certificate.Thumbprint)"
[pscustomobject]@{}
