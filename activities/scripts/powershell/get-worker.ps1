# The Scale Out Worker of this machine: its service, what its settings say, whether the service has read them as
# they are now, and its client certificate with the right of the service's account to read the key.
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
function Get-Setting($settings, $name) {
    $found = @($settings.PSObject.Properties | Where-Object { $_.Name -ceq $name })
    if ($found.Count -eq 1) { $found[0].Value }
}
function Get-Text($settings, $name) {
    $value = Get-Setting $settings $name
    if ($value -is [string]) { return $value }
    return $null
}
function Test-KeyReader($certificate, $account) {
    $private = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
    $container = $private.CspKeyContainerInfo.UniqueKeyContainerName
    if (-not $container) { $container = $private.Key.UniqueName }
    $crypto = Join-Path $env:ProgramData 'Microsoft\Crypto'
    $file = @("$crypto\RSA\MachineKeys\$container", "$crypto\Keys\$container") | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
    if (-not $file) { return $false }
    $sid = 'S-1-5-18'
    if ($account -ne 'LocalSystem') {
        $sid = (New-Object Security.Principal.NTAccount -ArgumentList $account).Translate([Security.Principal.SecurityIdentifier]).Value
    }
    $reading = [Security.AccessControl.FileSystemRights]::Read
    $rules = (Get-Acl -LiteralPath $file).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
    @($rules | Where-Object {
        ($_.IdentityReference.Value -eq $sid) -and ([string]$_.AccessControlType -eq 'Allow') -and
        (($_.FileSystemRights -band $reading) -eq $reading)
    }).Count -gt 0
}

$service = Get-CimInstance -ClassName Win32_Service -Filter "Name='SSISScaleOutWorker$($parameters.suffix)'"
if ($null -eq $service) { return [pscustomobject]@{ worker = $null } }
$startMode = [string]$service.StartMode
if ($startMode -eq 'Auto') { $startMode = 'Automatic' }
$key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$($parameters.suffix)\SSIS\Setup\DTSPath"
$path = $null
if (Test-Path -LiteralPath $key) {
    $path = Join-Path (Get-ItemProperty -LiteralPath $key).'(default)' 'Binn\WorkerSettings.config'
    if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { $path = $null }
}
$read = $null
if ($null -ne $path) {
    try { $read = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path)) } catch { $read = $null }
}
$settings = $null
$certificate = $null
$keyIsReadable = $false
if ($read -is [pscustomobject]) {
    $pinned = Get-Text $read 'MasterHttpsCertThumbprint'
    $own = Get-Text $read 'WorkerHttpsCertThumbprint'
    if ($pinned) { $pinned = $pinned.Replace(' ', '').ToUpperInvariant() }
    if ($own) { $own = $own.Replace(' ', '').ToUpperInvariant() }
    $tasks = Get-Setting $read 'MaxTaskCount'
    if ($null -ne $tasks) { $tasks = [int]$tasks }
    $settings = [pscustomobject]@{
        masterEndpoint = Get-Text $read 'MasterEndpoint'
        masterThumbprint = $pinned
        workerThumbprint = $own
        maxTaskCount = $tasks
        agentId = Get-Text $read 'AgentId'
    }
    $store = Get-Text $read 'StoreName'
    if (-not $store) { $store = 'My' }
    if ($own -and (Test-Path -LiteralPath "Cert:\LocalMachine\$store\$own")) {
        $found = Get-Item -LiteralPath "Cert:\LocalMachine\$store\$own"
        $certificate = ConvertTo-Finding $found
        $keyIsReadable = $found.HasPrivateKey -and (Test-KeyReader $found ([string]$service.StartName))
    }
}
$isRunning = $service.ProcessId -ne 0
$runsOnSettings = $isRunning
if ($isRunning -and $null -ne $path) {
    $startedAt = (Get-Process -Id $service.ProcessId).StartTime.ToUniversalTime()
    $runsOnSettings = $startedAt -ge (Get-Item -LiteralPath $path).LastWriteTimeUtc
}
[pscustomobject]@{
    worker = [pscustomobject]@{
        startMode = $startMode
        account = [string]$service.StartName
        isRunning = $isRunning
        runsOnSettings = $runsOnSettings
        settings = $settings
        certificate = $certificate
        keyIsReadable = $keyIsReadable
    }
}
