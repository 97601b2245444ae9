# The note that is kept on this machine under a name, or null.
param($parameters)
$path = Join-Path $env:ProgramData "ssis-ha\notes\$($parameters.name).json"
$text = $null
if (Test-Path -LiteralPath $path -PathType Leaf) { $text = [IO.File]::ReadAllText($path) }
[pscustomobject]@{ text = $text }
