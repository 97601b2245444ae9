# Takes back what set-worker-settings.ps1 has changed under a stamp: the three values as they were, and nothing
# else, so that what somebody has changed since stays. A file that nobody else touched is as it was, byte for byte.
param($parameters)
$key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$($parameters.suffix)\SSIS\Setup\DTSPath"
$path = Join-Path (Get-ItemProperty -LiteralPath $key).'(default)' 'Binn\WorkerSettings.config'
$kept = "$path.$($parameters.stamp).bak"
$new = "$path.$($parameters.stamp).new"
if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new }
if (-not (Test-Path -LiteralPath $kept)) { return [pscustomobject]@{} }

function Get-Encoding($bytes) {
    if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFF -and $bytes[1] -eq 0xFE) { return [Text.Encoding]::Unicode }
    if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFE -and $bytes[1] -eq 0xFF) { return [Text.Encoding]::BigEndianUnicode }
    return [Text.Encoding]::GetEncoding(28591)
}
$keptBytes = [IO.File]::ReadAllBytes($kept)
$old = (Get-Encoding $keptBytes).GetString($keptBytes)
$bytes = [IO.File]::ReadAllBytes($path)
$encoding = Get-Encoding $bytes
$back = $encoding.GetString($bytes)
foreach ($name in @('MaxTaskCount', 'MasterHttpsCertThumbprint', 'MasterEndpoint')) {
    $pattern = '"' + $name + '"\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}\]]+)'
    $now = [regex]::Match($back, $pattern + '(,\s*)?')
    if (-not $now.Success) { continue }
    $before = [regex]::Match($old, $pattern)
    if ($before.Success) {
        $value = $now.Groups[1]
        $back = $back.Substring(0, $value.Index) + $before.Groups[1].Value + $back.Substring($value.Index + $value.Length)
    } else {
        $back = $back.Remove($now.Index, $now.Length)
    }
}
# Written anew, not moved back: a service that started before must be seen to have read something else.
[IO.File]::WriteAllBytes($new, $encoding.GetBytes($back))
[IO.File]::Replace($new, $path, [NullString]::Value)
Remove-Item -LiteralPath $kept
[pscustomobject]@{}
