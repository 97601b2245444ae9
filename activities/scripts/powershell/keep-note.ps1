# Keeps a note on this machine under a name, in place of any before it.
param($parameters)
$folder = Join-Path $env:ProgramData 'ssis-ha\notes'
[IO.Directory]::CreateDirectory($folder) | Out-Null
$path = Join-Path $folder "$($parameters.name).json"
[IO.File]::WriteAllText("$path.new", $parameters.text)
if (Test-Path -LiteralPath $path -PathType Leaf) { [IO.File]::Replace("$path.new", $path, $null) } else { [IO.File]::Move("$path.new", $path) }
[pscustomobject]@{}
