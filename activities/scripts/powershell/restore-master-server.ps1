# Takes back what set-master-server.ps1 has changed under a stamp: the file as it was, byte for byte, or, where
# somebody has changed other settings since, the one value alone. A value that is no longer ours stays.
param($parameters)
$key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$($parameters.suffix)\SSIS\Setup\DTSPath"
$path = Join-Path (Get-ItemProperty -LiteralPath $key).'(default)' 'Binn\MasterSettings.config'
$kept = "$path.$($parameters.stamp).bak"
$new = "$path.$($parameters.stamp).new"
if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new }
if (-not (Test-Path -LiteralPath $kept)) { return [pscustomobject]@{} }

function Get-Text($bytes) {
    $encoding = [Text.Encoding]::GetEncoding(28591)
    if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFF -and $bytes[1] -eq 0xFE) { $encoding = [Text.Encoding]::Unicode }
    if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFE -and $bytes[1] -eq 0xFF) { $encoding = [Text.Encoding]::BigEndianUnicode }
    [pscustomobject]@{ encoding = $encoding; text = $encoding.GetString($bytes) }
}
function Get-Value($text) {
    $found = [regex]::Matches($text, '"SqlServerName"\s*:\s*("(?:[^"\\]|\\.)*")')
    if ($found.Count -ne 1) { throw "$path names SqlServerName $($found.Count) times" }
    $found[0].Groups[1]
}
$old = Get-Text ([IO.File]::ReadAllBytes($kept))
$now = Get-Text ([IO.File]::ReadAllBytes($path))
$oldValue = Get-Value $old.text
$nowValue = Get-Value $now.text
$ours = ConvertTo-Json -InputObject $parameters.server -Compress
if ($nowValue.Value -eq $ours) {
    $back = $now.text.Substring(0, $nowValue.Index) + $oldValue.Value + $now.text.Substring($nowValue.Index + $nowValue.Length)
    # Written anew, not moved back: a service that started before must be seen to have read something else.
    [IO.File]::WriteAllBytes($new, $now.encoding.GetBytes($back))
    [IO.File]::Replace($new, $path, [NullString]::Value)
}
Remove-Item -LiteralPath $kept
[pscustomobject]@{}
