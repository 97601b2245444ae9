# Whether a Scale Out Worker, of whatever version, runs on this machine.
param($parameters)
$running = @(Get-Service -Name 'SSISScaleOutWorker*' | Where-Object { [string]$_.Status -eq 'Running' })
[pscustomobject]@{ isRunning = $running.Count -gt 0 }
