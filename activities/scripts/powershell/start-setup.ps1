# Starts setup.exe by itself, so that it outlives this shell, and keeps a journal of it. Whoever finds the
# journal's mark attaches: setup is started once for each journal. Passwords go to setup's own command line
# and nowhere else: on their way they are protected by the machine, and deleted before setup starts.
param($parameters)
Add-Type -AssemblyName System.Security
$folder = Join-Path $env:ProgramData "ssis-ha\$($parameters.journal)"
$mark = Join-Path $folder 'started'
if (Test-Path -LiteralPath (Join-Path $folder 'exit')) {
    if ([IO.File]::ReadAllText($mark) -ne $parameters.runId) {
        [IO.Directory]::Move($folder, "$folder.$([guid]::NewGuid().ToString('N'))")
    }
}
[IO.Directory]::CreateDirectory($folder) | Out-Null
try {
    $stream = [IO.File]::Open($mark, 'CreateNew', 'Write', 'None')
} catch [IO.IOException] {
    return [pscustomobject]@{ started = $false }
}
$run = [Text.Encoding]::UTF8.GetBytes($parameters.runId)
$stream.Write($run, 0, $run.Length)
$stream.Dispose()

# A quotation mark is told by a backslash before it; backslashes before a quotation mark count double.
function Get-Quoted($value) {
    $escaped = ([string]$value) -replace '(\\*)"', '$1$1\"'
    '"' + ($escaped -replace '(\\+)$', '$1$1') + '"'
}
$line = ''
foreach ($argument in $parameters.arguments) {
    $line += " /$($argument.name)"
    $values = @($argument.values | ForEach-Object { Get-Quoted $_ })
    if ($values.Count -gt 0) { $line += '=' + ($values -join ' ') }
}
foreach ($secret in $parameters.secrets) { $line += " /$($secret.name)=" + (Get-Quoted $secret.value) }
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
