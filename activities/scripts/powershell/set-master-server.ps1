# Points the Master at another server: changes the value of SqlServerName in MasterSettings.config and leaves
# every other byte as it is. The file as it was is kept beside it, once for each stamp; the new one takes its
# place in one act and with its access rights.
param($parameters)
$key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$($parameters.suffix)\SSIS\Setup\DTSPath"
$path = Join-Path (Get-ItemProperty -LiteralPath $key).'(default)' 'Binn\MasterSettings.config'
$kept = "$path.$($parameters.stamp).bak"
$new = "$path.$($parameters.stamp).new"

$bytes = [IO.File]::ReadAllBytes($path)
# One character for each byte, whatever the bytes mean; only UTF-16 needs two for one.
$encoding = [Text.Encoding]::GetEncoding(28591)
if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFF -and $bytes[1] -eq 0xFE) { $encoding = [Text.Encoding]::Unicode }
if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFE -and $bytes[1] -eq 0xFF) { $encoding = [Text.Encoding]::BigEndianUnicode }
$text = $encoding.GetString($bytes)
$found = [regex]::Matches($text, '"SqlServerName"\s*:\s*("(?:[^"\\]|\\.)*")')
if ($found.Count -ne 1) { throw "$path names SqlServerName $($found.Count) times" }
$value = $found[0].Groups[1]
$literal = ConvertTo-Json -InputObject $parameters.server -Compress
$fresh = $text.Substring(0, $value.Index) + $literal + $text.Substring($value.Index + $value.Length)

[IO.File]::WriteAllBytes($new, $encoding.GetBytes($fresh))
$read = [IO.File]::ReadAllText($new) | ConvertFrom-Json
if ($read.SqlServerName -cne $parameters.server) {
    Remove-Item -LiteralPath $new
    throw "$path would not name $($parameters.server) after the change"
}
if (Test-Path -LiteralPath $kept) { [IO.File]::Replace($new, $path, [NullString]::Value) }
else { [IO.File]::Replace($new, $path, $kept) }
[pscustomobject]@{}
