# How far the setup of a journal has come: not begun, running, ended with a code, or lost without one. Waits
# some seconds for its end.
param($parameters)
$folder = Join-Path $env:ProgramData "ssis-ha\$($parameters.journal)"
$exit = Join-Path $folder 'exit'
$pidFile = Join-Path $folder 'pid'
$isGone = $false
if ((Test-Path -LiteralPath $pidFile) -and -not (Test-Path -LiteralPath $exit)) {
    $id = [int][IO.File]::ReadAllText($pidFile)
    Wait-Process -Id $id -Timeout $parameters.waitSeconds -ErrorAction SilentlyContinue
    $isGone = $null -eq (Get-Process -Id $id -ErrorAction SilentlyContinue)
    # What it ended with is written a moment after its end.
    if ($isGone) { Start-Sleep -Seconds 5 }
}
$state = 'none'
$code = $null
if (Test-Path -LiteralPath $exit) {
    $state = 'ended'
    $code = [int][IO.File]::ReadAllText($exit)
} elseif ($isGone) {
    $state = 'lost'
} elseif (Test-Path -LiteralPath (Join-Path $folder 'started')) {
    $state = 'running'
}
[pscustomobject]@{ state = $state; exitCode = $code }
