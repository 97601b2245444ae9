# Starts setup.exe by itself, so that it outlives this shell, and keeps a journal of it. Whoever finds the
# journal's mark attaches: setup is started once for each journal. Passwords go to setup's own command line
# and nowhere else: on their way they are protected by the machine, and deleted before setup starts.
param($parameters)
Add-Type -AssemblyName System.Security
$folder = Join-Path $env:ProgramData "ssis-ha\$($parameters.journal)"
[IO.Directory]::CreateDirectory($folder) | Out-Null
try {
    [IO.File]::Open((Join-Path $folder 'started'), 'CreateNew', 'Write', 'None').Dispose()
} catch [IO.IOException] {
    return [pscustomobject]@{ started = $false }
}
$line = ''
foreach ($argument in $parameters.arguments) {
    $line += " /$($argument.name)"
    $values = @($argument.values | ForEach-Object { '"' + ($_ -replace '"', '\"') + '"' })
    if ($values.Count -gt 0) { $line += '=' + ($values -join ' ') }
}
foreach ($secret in $parameters.secrets) {
    $line += " /$($secret.name)=" + '"' + ($secret.value -replace '"', '\"') + '"'
}
$plain = [Text.Encoding]::UTF8.GetBytes($line)
$sealed = [Security.Cryptography.ProtectedData]::Protect($plain, $null, 'LocalMachine')
[IO.File]::WriteAllBytes((Join-Path $folder 'arguments'), $sealed)
$runner = @'
param($folder, $setup)
Add-Type -AssemblyName System.Security
$file = Join-Path $folder 'arguments'
$plain = [Security.Cryptography.ProtectedData]::Unprotect([IO.File]::ReadAllBytes($file), $null, 'LocalMachine')
Remove-Item -LiteralPath $file -Force
$process = Start-Process -FilePath $setup -ArgumentList ([Text.Encoding]::UTF8.GetString($plain)) -PassThru -WindowStyle Hidden
[IO.File]::WriteAllText((Join-Path $folder 'pid'), [string]$process.Id)
$process.WaitForExit()
[IO.File]::WriteAllText((Join-Path $folder 'exit.new'), [string]$process.ExitCode)
[IO.File]::Move((Join-Path $folder 'exit.new'), (Join-Path $folder 'exit'))
'@
$script = Join-Path $folder 'run.ps1'
[IO.File]::WriteAllText($script, $runner)
$setup = Join-Path $parameters.media 'setup.exe'
$command = "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$script`" `"$folder`" `"$setup`""
$created = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = $command }
if ($created.ReturnValue -ne 0) { throw "Win32_Process.Create answered $($created.ReturnValue)" }
[pscustomobject]@{ started = $true }
