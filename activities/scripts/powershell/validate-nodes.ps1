# Runs the cluster validation over these nodes and keeps its report, and beside it what the cmdlet warned of:
# the verdict stands in the report, not in an exit code.
param($parameters)
$folder = Join-Path $env:ProgramData 'ssis-ha\validation'
[IO.Directory]::CreateDirectory($folder) | Out-Null
$name = (@($parameters.nodes | ForEach-Object { $_.ToUpperInvariant() }) | Sort-Object) -join '+'
$given = @{ Node = @($parameters.nodes); ReportName = (Join-Path $folder $name) }
if (@($parameters.ignore).Count -gt 0) { $given.Ignore = @($parameters.ignore) }
$told = @()
$report = Test-Cluster @given -WarningVariable told -WarningAction SilentlyContinue
# One line each, and not more than a person reads; the report has all of them.
$warnings = @($told | ForEach-Object { ([string]$_.Message).Trim() -split '\r?\n' | Select-Object -First 1 } |
    Where-Object { $_ } | Select-Object -First 20)
$kept = ConvertTo-Json -InputObject @{ report = $report.FullName; warnings = $warnings } -Depth 3
[IO.File]::WriteAllText((Join-Path $folder "$name.json"), $kept)
[pscustomobject]@{}
