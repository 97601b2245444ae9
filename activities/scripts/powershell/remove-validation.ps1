# Removes the validation of these nodes that is on file here.
param($parameters)
$name = (@($parameters.nodes | ForEach-Object { $_.ToUpperInvariant() }) | Sort-Object) -join '+'
$file = Join-Path $env:ProgramData "ssis-ha\validation\$name.json"
if (Test-Path -LiteralPath $file -PathType Leaf) {
    $kept = [IO.File]::ReadAllText($file) | ConvertFrom-Json
    if (Test-Path -LiteralPath $kept.report -PathType Leaf) { Remove-Item -LiteralPath $kept.report -Force }
    Remove-Item -LiteralPath $file -Force
}
[pscustomobject]@{}
