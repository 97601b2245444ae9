# Names what wants this machine to restart.
param($parameters)
$reasons = @()
$servicing = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
if (Test-Path -LiteralPath $servicing) { $reasons += 'Component Based Servicing\RebootPending' }
$updates = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
if (Test-Path -LiteralPath $updates) { $reasons += 'WindowsUpdate\Auto Update\RebootRequired' }
$session = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
if (@($session.PendingFileRenameOperations | Where-Object { $_ }).Count -gt 0) {
    $reasons += 'Session Manager\PendingFileRenameOperations'
}
[pscustomobject]@{ reasons = @($reasons) }
