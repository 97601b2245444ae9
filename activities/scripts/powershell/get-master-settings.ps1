# What MasterSettings.config says, and whether the Master that runs has read it as it is now: settings act
# only after the service has started anew.
param($parameters)
function Get-Setting($settings, $name) {
    $found = @($settings.PSObject.Properties | Where-Object { $_.Name -ceq $name })
    if ($found.Count -eq 1) { $found[0].Value }
}
$key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$($parameters.suffix)\SSIS\Setup\DTSPath"
$path = $null
if (Test-Path -LiteralPath $key) {
    $path = Join-Path (Get-ItemProperty -LiteralPath $key).'(default)' 'Binn\MasterSettings.config'
    if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { $path = $null }
}
$settings = $null
if ($null -ne $path) {
    $text = [IO.File]::ReadAllText($path)
    $read = $null
    try { $read = ConvertFrom-Json -InputObject $text } catch { $read = $null }
    $server = Get-Setting $read 'SqlServerName'
    $port = Get-Setting $read 'PortNumber'
    $thumbprint = Get-Setting $read 'SSLCertThumbprint'
    $settings = [pscustomobject]@{
        path = $path
        isJson = $read -is [pscustomobject]
        server = if ($server -is [string]) { $server } else { $null }
        port = if ($null -ne $port) { [int]$port } else { $null }
        thumbprint = if ($thumbprint -is [string]) { $thumbprint.Replace(' ', '').ToUpperInvariant() } else { $null }
    }
}
$service = Get-CimInstance -ClassName Win32_Service -Filter "Name='SSISScaleOutMaster$($parameters.suffix)'"
$isRunning = ($null -ne $service) -and ($service.ProcessId -ne 0)
$readsOlderFile = $false
if ($isRunning -and $null -ne $path) {
    $startedAt = (Get-Process -Id $service.ProcessId).StartTime.ToUniversalTime()
    $readsOlderFile = $startedAt -lt (Get-Item -LiteralPath $path).LastWriteTimeUtc
}
[pscustomobject]@{ settings = $settings; isRunning = $isRunning; readsOlderFile = $readsOlderFile }
