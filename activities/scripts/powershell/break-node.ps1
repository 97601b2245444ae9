# Lets another machine start anew at once, without asking its services to stop, unless it has done so already.
param($parameters)
$system = Get-CimInstance -ClassName Win32_OperatingSystem -ComputerName $parameters.node
if ([string]$system.LastBootUpTime.ToUniversalTime().Ticks -eq $parameters.start) {
    # 6: reboot (2) by force (4).
    $all = 'SELECT * FROM Win32_OperatingSystem'
    $answer = Invoke-CimMethod -ComputerName $parameters.node -Query $all -MethodName 'Win32Shutdown' -Arguments @{ Flags = 6; Reserved = 0 }
    if ($answer.ReturnValue -ne 0) { throw "Win32Shutdown on $($parameters.node) answered $($answer.ReturnValue)" }
}
[pscustomobject]@{}
