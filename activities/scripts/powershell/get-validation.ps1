# The validation of these very nodes that is on file here: its report and what it warned of; null when there is none.
param($parameters)
$name = (@($parameters.nodes | ForEach-Object { $_.ToUpperInvariant() }) | Sort-Object) -join '+'
$file = Join-Path $env:ProgramData "ssis-ha\validation\$name.json"
$validation = $null
if (Test-Path -LiteralPath $file -PathType Leaf) {
    $kept = [IO.File]::ReadAllText($file) | ConvertFrom-Json
    if (Test-Path -LiteralPath $kept.report -PathType Leaf) {
        $validation = [pscustomobject]@{ report = [string]$kept.report; warnings = @($kept.warnings | ForEach-Object { [string]$_ }) }
    }
}
[pscustomobject]@{ validation = $validation }
