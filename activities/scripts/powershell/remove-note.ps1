# Removes the note that is kept on this machine under a name.
param($parameters)
$path = Join-Path $env:ProgramData "ssis-ha\notes\$($parameters.name).json"
if (Test-Path -LiteralPath $path -PathType Leaf) { Remove-Item -LiteralPath $path -Force }
[pscustomobject]@{}
