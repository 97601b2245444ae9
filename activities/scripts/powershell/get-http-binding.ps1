# Which certificate http.sys presents at a port, on whichever address: read where http.sys keeps it, since what
# netsh prints is in the language of the machine.
param($parameters)
$path = "HKLM:\SYSTEM\CurrentControlSet\Services\HTTP\Parameters\SslBindingInfo\0.0.0.0:$($parameters.port)"
$thumbprint = $null
$store = $null
if (Test-Path -LiteralPath $path) {
    $binding = Get-Item -LiteralPath $path
    $thumbprint = (@($binding.GetValue('SslCertHash')) | ForEach-Object { $_.ToString('X2') }) -join ''
    $store = $binding.GetValue('SslCertStoreName')
}
[pscustomobject]@{ thumbprint = $thumbprint; store = $store }
