# How far the setup of a journal has come: not begun, running, or ended with a code. Waits some seconds for its end.
param($parameters)
$folder = Join-Path $env:ProgramData "ssis-ha\$($parameters.journal)"
$exit = Join-Path $folder 'exit'
$pidFile = Join-Path $folder 'pid'
if ((Test-Path -LiteralPath $pidFile) -and -not (Test-Path -LiteralPath $exit)) {
    Wait-Process -Id ([int][IO.File]::ReadAllText($pidFile)) -Timeout $parameters.waitSeconds -ErrorAction SilentlyContinue
}
$state = 'none'
$code = $null
if (Test-Path -LiteralPath $exit) {
    $state = 'ended'
    $code = [int][IO.File]::ReadAllText($exit)
} elseif (Test-Path -LiteralPath (Join-Path $folder 'started')) {
    $state = 'running'
}
[pscustomobject]@{ state = $state; exitCode = $code }
