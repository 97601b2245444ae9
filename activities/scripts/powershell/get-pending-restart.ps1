# Names what wants this machine to restart: the source, and the key, the file or the setup that says so.
param($parameters)
$reasons = @()
function Get-Reason($source, $says) { [pscustomobject]@{ source = $source; says = $says } }
function Get-Values($key, $name) {
    if (-not (Test-Path -LiteralPath $key)) { return }
    $item = Get-ItemProperty -LiteralPath $key
    if ($item.PSObject.Properties.Name -contains $name) { $item.$name }
}

$windows = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion'
if (Test-Path -LiteralPath "$windows\Component Based Servicing\RebootPending") {
    $reasons += Get-Reason 'servicing' 'Component Based Servicing\RebootPending'
}
if (Test-Path -LiteralPath "$windows\WindowsUpdate\Auto Update\RebootRequired") {
    $reasons += Get-Reason 'windows-update' 'WindowsUpdate\Auto Update\RebootRequired'
}

# Pairs of old and new names; what is to be deleted has an empty new one.
$manager = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
foreach ($name in 'PendingFileRenameOperations', 'PendingFileRenameOperations2') {
    $names = @(Get-Values $manager $name)
    $files = @(for ($at = 0; $at -lt $names.Count; $at += 2) { ([string]$names[$at]) -replace '^\*?\d*\\\?\?\\', '' })
    foreach ($file in @($files | Where-Object { $_ } | Select-Object -Unique)) {
        $reasons += Get-Reason 'file-renames' "Session Manager\${name}: $file"
    }
}

$names = 'HKLM:\SYSTEM\CurrentControlSet\Control\ComputerName'
$active = [string](Get-Values "$names\ActiveComputerName" 'ComputerName')
$next = [string](Get-Values "$names\ComputerName" 'ComputerName')
if ($active -ne $next) { $reasons += Get-Reason 'computer-rename' "ComputerName: $active becomes $next" }

$netlogon = 'HKLM:\SYSTEM\CurrentControlSet\Services\Netlogon'
foreach ($name in 'JoinDomain', 'AvoidSpnSet') {
    if (@(Get-Values $netlogon $name | Where-Object { $_ }).Count -gt 0 -or (Test-Path -LiteralPath "$netlogon\$name")) {
        $reasons += Get-Reason 'domain-join' "Netlogon\$name"
    }
}

# Only where the client of Configuration Manager is installed.
try {
    $client = Invoke-CimMethod -Namespace 'root\ccm\ClientSDK' -ClassName 'CCM_ClientUtilities' -MethodName 'DetermineIfRebootPending'
    if ($client.RebootPending -or $client.IsHardRebootPending) {
        $reasons += Get-Reason 'configuration-manager' 'CCM_ClientUtilities.DetermineIfRebootPending'
    }
} catch {
    # There is no such client, which is no reason.
}

# Setup of SQL Server that has done its work and asks for a restart since this machine last started.
$booted = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime
$journals = Join-Path $env:ProgramData 'ssis-ha'
if (Test-Path -LiteralPath $journals) {
    foreach ($exit in @(Get-ChildItem -LiteralPath $journals -Recurse -File -Filter 'exit' | Where-Object { $_.LastWriteTime -gt $booted })) {
        $code = [IO.File]::ReadAllText($exit.FullName).Trim()
        if ($code -eq '3010' -or $code -eq '-2067723326') {
            $reasons += Get-Reason 'sql-setup' "setup.exe ended with ${code}: $($exit.FullName)"
        }
    }
}
[pscustomobject]@{ reasons = @($reasons) }
