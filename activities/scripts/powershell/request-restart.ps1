# Asks Windows to restart in a few seconds, unless it has done so since it was asked for.
param($parameters)
$system = Get-CimInstance -ClassName Win32_OperatingSystem
$requested = ([string]$system.LastBootUpTime.ToUniversalTime().Ticks) -eq $parameters.bootId
if ($requested) {
    $null | & shutdown.exe /r /t 5 /d p:4:2 /c 'ssis-ha: agreed restart' 2>&1 | Out-Null
    # 1190: a shutdown is scheduled already, which is what was wanted.
    if (($LASTEXITCODE -ne 0) -and ($LASTEXITCODE -ne 1190)) { throw "shutdown.exe ended with $LASTEXITCODE" }
}
[pscustomobject]@{ requested = $requested }
