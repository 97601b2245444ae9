# Where a name leads, and which certificate a TLS handshake at one of its ports presents. Whatever it is, it is
# only looked at: to trust it or not is for others to say.
param($parameters)
$addresses = @()
try {
    $addresses = @(Resolve-DnsName -Name $parameters.name -Type A -DnsOnly -NoHostsFile |
        Where-Object { [string]$_.Type -eq 'A' } | ForEach-Object { $_.IPAddress })
} catch [ComponentModel.Win32Exception] {
    # DNS_ERROR_RCODE_NAME_ERROR and DNS_INFO_NO_RECORDS: the name leads nowhere yet.
    if (@(9003, 9501) -notcontains $_.Exception.NativeErrorCode) { throw }
}
$thumbprint = $null
$client = New-Object Net.Sockets.TcpClient
try {
    if ($client.ConnectAsync($parameters.name, $parameters.port).Wait(10000)) {
        $client.ReceiveTimeout = 10000
        $client.SendTimeout = 10000
        $accept = [Net.Security.RemoteCertificateValidationCallback] { $true }
        $stream = New-Object Net.Security.SslStream -ArgumentList $client.GetStream(), $false, $accept
        $stream.AuthenticateAsClient($parameters.name, $null, [Security.Authentication.SslProtocols]::Tls12, $false)
        $certificate = New-Object Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $stream.RemoteCertificate
        $thumbprint = $certificate.Thumbprint
        $stream.Dispose()
    }
} catch {
    # No connection, or one that ends in the handshake: nothing was presented.
    $thumbprint = $null
} finally {
    $client.Dispose()
}
[pscustomobject]@{ addresses = $addresses; thumbprint = $thumbprint }
