# How the engine of an instance is set up, whether it can read the key of a certificate, and what the running
# engine goes by: asked locally and as this account, so that no certificate needs to be trusted for it.
param($parameters)
$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
$names = Get-ItemProperty -LiteralPath "$root\Instance Names\SQL" -ErrorAction SilentlyContinue
$instanceId = $names.($parameters.instance)
if ($null -eq $instanceId) { return [pscustomobject]@{ engine = $null } }
$isDefault = $parameters.instance -eq 'MSSQLSERVER'
$serviceName = 'MSSQL$' + $parameters.instance
if ($isDefault) { $serviceName = 'MSSQLSERVER' }
$service = Get-CimInstance -ClassName Win32_Service | Where-Object { $_.Name -eq $serviceName }
$key = "$root\$instanceId\MSSQLServer"
$net = Get-ItemProperty -LiteralPath "$key\SuperSocketNetLib"
$tcp = Get-ItemProperty -LiteralPath "$key\SuperSocketNetLib\Tcp"
$all = Get-ItemProperty -LiteralPath "$key\SuperSocketNetLib\Tcp\IPAll"
$bound = $null
if ($net.Certificate) { $bound = ([string]$net.Certificate).ToUpperInvariant() }
$configured = [pscustomobject]@{
    certificate = $bound
    mixedMode = (Get-ItemProperty -LiteralPath $key).LoginMode -eq 2
    tcpEnabled = $tcp.Enabled -eq 1
    tcpPort = [string]$all.TcpPort
    dynamicPorts = [string]$all.TcpDynamicPorts
}

# The file of a private key, by provider: the older ones keep it in RSA\MachineKeys, the newer in Keys.
$keyIsReadable = $false
$wanted = $parameters.certificate
if ($wanted -and (Test-Path -LiteralPath "Cert:\LocalMachine\My\$wanted")) {
    $certificate = Get-Item -LiteralPath "Cert:\LocalMachine\My\$wanted"
    $private = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
    $container = $private.CspKeyContainerInfo.UniqueKeyContainerName
    if (-not $container) { $container = $private.Key.UniqueName }
    $crypto = Join-Path $env:ProgramData 'Microsoft\Crypto'
    $file = @("$crypto\RSA\MachineKeys\$container", "$crypto\Keys\$container") | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
    if ($file) {
        $sid = 'S-1-5-18'
        if ($service.StartName -ne 'LocalSystem') {
            $sid = (New-Object Security.Principal.NTAccount -ArgumentList $service.StartName).Translate([Security.Principal.SecurityIdentifier]).Value
        }
        $reading = [Security.AccessControl.FileSystemRights]::Read
        $rules = (Get-Acl -LiteralPath $file).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
        $keyIsReadable = @($rules | Where-Object {
            ($_.IdentityReference.Value -eq $sid) -and ([string]$_.AccessControlType -eq 'Allow') -and
            (($_.FileSystemRights -band $reading) -eq $reading)
        }).Count -gt 0
    }
}

$live = $null
if ([string]$service.State -eq 'Running') {
    $source = '.\' + $parameters.instance
    if ($isDefault) { $source = '.' }
    $connection = New-Object System.Data.SqlClient.SqlConnection -ArgumentList "Data Source=$source;Integrated Security=SSPI;Encrypt=False;Connect Timeout=15;Application Name=ssis-ha"
    $connection.Open()
    try {
        $command = $connection.CreateCommand()
        $command.CommandText = "SELECT 1 AS kind, CONVERT(nvarchar(128), SERVERPROPERTY('IsIntegratedSecurityOnly')) AS what
UNION ALL SELECT 2, CONVERT(nvarchar(128), sys.fn_hadr_is_primary_replica(N'SSISDB'))
UNION ALL SELECT 3, CONVERT(nvarchar(128), port) FROM sys.dm_tcp_listener_states WHERE type = 0 AND state = 0
UNION ALL SELECT 4, name FROM sys.databases WHERE database_id > 4;"
        $reader = $command.ExecuteReader()
        $rows = @(while ($reader.Read()) { [pscustomobject]@{ kind = $reader.GetInt32(0); what = [string]$reader.GetValue(1) } })
        $reader.Close()
    } finally {
        $connection.Dispose()
    }

    # The engine names in its log the hash of the certificate that it loaded at its start. Logs that were
    # closed before that start belong to an earlier run; only where one of them is still kept is the log whole.
    $isLoaded = $null
    if ($wanted) {
        $starting = Get-ItemProperty -LiteralPath "$key\Parameters"
        $logFile = $starting.PSObject.Properties | Where-Object { ($_.Name -like 'SQLArg*') -and ([string]$_.Value).StartsWith('-e') } |
            ForEach-Object { ([string]$_.Value).Substring(2) } | Select-Object -First 1
        $started = (Get-Process -Id $service.ProcessId).StartTime
        $kept = @(Get-ChildItem -Path "$logFile*" | Where-Object { $_.FullName.Substring($logFile.Length) -match '^(\.\d+)?$' })
        $ofThisRun = @($kept | Where-Object { ($_.FullName -eq $logFile) -or ($_.LastWriteTime -ge $started) })
        if ($kept.Count -gt $ofThisRun.Count) { $isLoaded = $false }
        foreach ($log in $ofThisRun) {
            $stream = [IO.File]::Open($log.FullName, 'Open', 'Read', 'ReadWrite')
            $text = New-Object IO.StreamReader -ArgumentList $stream, $true
            while ($null -ne ($line = $text.ReadLine())) {
                if ($line.IndexOf($wanted, [StringComparison]::OrdinalIgnoreCase) -ge 0) { $isLoaded = $true; break }
            }
            $text.Dispose()
            if ($isLoaded) { break }
        }
    }
    $live = [pscustomobject]@{
        mixedMode = @($rows | Where-Object { ($_.kind -eq 1) -and ($_.what -eq '0') }).Count -gt 0
        ports = @($rows | Where-Object { $_.kind -eq 3 } | ForEach-Object { [int]$_.what } | Select-Object -Unique)
        certificateIsLoaded = $isLoaded
        isPrimary = @($rows | Where-Object { ($_.kind -eq 2) -and ($_.what -eq '1') }).Count -gt 0
        databases = @($rows | Where-Object { $_.kind -eq 4 } | ForEach-Object { $_.what })
    }
}
[pscustomobject]@{
    engine = [pscustomobject]@{
        service = $serviceName
        account = [string]$service.StartName
        configured = $configured
        keyIsReadable = $keyIsReadable
        live = $live
    }
}
