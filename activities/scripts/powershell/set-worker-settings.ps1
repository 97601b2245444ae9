# Tells the worker where its Master is, which certificate that has, and how many tasks it may take: changes three
# values in WorkerSettings.config and leaves every other byte as it is. The file as it was is kept beside it, once
# for each stamp; the new one takes its place in one act and with its access rights.
param($parameters)
$key = "HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server\$($parameters.suffix)\SSIS\Setup\DTSPath"
$path = Join-Path (Get-ItemProperty -LiteralPath $key).'(default)' 'Binn\WorkerSettings.config'
$kept = "$path.$($parameters.stamp).bak"
$new = "$path.$($parameters.stamp).new"
$wanted = [ordered]@{
    MasterEndpoint = ConvertTo-Json -InputObject $parameters.masterEndpoint -Compress
    MasterHttpsCertThumbprint = ConvertTo-Json -InputObject $parameters.masterThumbprint -Compress
    MaxTaskCount = [string]$parameters.maxTaskCount
}

$bytes = [IO.File]::ReadAllBytes($path)
# One character for each byte, whatever the bytes mean; only UTF-16 needs two for one.
$encoding = [Text.Encoding]::GetEncoding(28591)
if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFF -and $bytes[1] -eq 0xFE) { $encoding = [Text.Encoding]::Unicode }
if ($bytes.Length -gt 1 -and $bytes[0] -eq 0xFE -and $bytes[1] -eq 0xFF) { $encoding = [Text.Encoding]::BigEndianUnicode }
$fresh = $encoding.GetString($bytes)
foreach ($name in $wanted.Keys) {
    $found = [regex]::Matches($fresh, '"' + $name + '"\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}\]]+)')
    if ($found.Count -gt 1) { throw "$path names $name $($found.Count) times" }
    if ($found.Count -eq 1) {
        $value = $found[0].Groups[1]
        $fresh = $fresh.Substring(0, $value.Index) + $wanted[$name] + $fresh.Substring($value.Index + $value.Length)
        continue
    }
    # A key that is not there yet comes first, spaced as the one that was first is.
    $opening = [regex]::Match($fresh, '\{(\s*)')
    if (-not $opening.Success) { throw "$path holds no settings" }
    $at = $opening.Index + $opening.Length
    $fresh = $fresh.Substring(0, $at) + '"' + $name + '": ' + $wanted[$name] + ',' + $opening.Groups[1].Value + $fresh.Substring($at)
}

[IO.File]::WriteAllBytes($new, $encoding.GetBytes($fresh))
$read = [IO.File]::ReadAllText($new) | ConvertFrom-Json
if ($read.MasterEndpoint -cne $parameters.masterEndpoint -or $read.MaxTaskCount -ne $parameters.maxTaskCount) {
    Remove-Item -LiteralPath $new
    throw "$path would not say $($parameters.masterEndpoint) after the change"
}
if (Test-Path -LiteralPath $kept) { [IO.File]::Replace($new, $path, [NullString]::Value) }
else { [IO.File]::Replace($new, $path, $kept) }
[pscustomobject]@{}
