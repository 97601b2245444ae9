# The certificates among the trusted roots of this machine that are not self-signed, and whether Windows has been
# told to bear them (ClientAuthTrustMode 2: only the issuers that an application names are asked for).
param($parameters)
$found = @(Get-ChildItem -LiteralPath 'Cert:\LocalMachine\Root' | Where-Object { $_.Subject -ne $_.Issuer } | ForEach-Object {
    [pscustomobject]@{ thumbprint = $_.Thumbprint; subject = $_.Subject; issuer = $_.Issuer }
})
$schannel = Get-Item -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL'
[pscustomobject]@{
    certificates = $found
    isBorne = $schannel.GetValue('ClientAuthTrustMode') -eq 2
}
