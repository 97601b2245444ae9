# Takes the host's fence for as long as this shell lives or until it is released: a file that nobody else
# can open. Unlike a mutex it belongs to the process, not to the thread that happened to take it.
param($parameters)
$folder = Join-Path $env:ProgramData 'ssis-ha'
[IO.Directory]::CreateDirectory($folder) | Out-Null
$taken = $true
try {
    $global:ssisHaFence = [IO.File]::Open((Join-Path $folder 'fence'), 'OpenOrCreate', 'ReadWrite', 'None')
} catch [IO.IOException] {
    $taken = $false
}
[pscustomobject]@{ taken = $taken }
