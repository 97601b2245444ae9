# Stands before the first command of a change: takes the host's fence for as long as this shell lives or until
# it is released, a file that nobody else can open. Unlike a mutex it belongs to the process, not to the thread
# that happened to take it. Held by another, nothing is begun.
$folder = Join-Path $env:ProgramData 'ssis-ha'
[IO.Directory]::CreateDirectory($folder) | Out-Null
try {
    $global:ssisHaFence = [IO.File]::Open((Join-Path $folder 'fence'), 'OpenOrCreate', 'ReadWrite', 'None')
} catch [IO.IOException] {
    $held = New-Object Management.Automation.ErrorRecord $_.Exception, 'SsisHaFenceIsHeld', 'ResourceBusy', $folder
    throw $held
}
