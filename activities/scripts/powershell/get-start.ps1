# Tells one start from another: of the Scale Out Master on this machine, or of another machine as a whole. Null
# while nothing has started, or the machine does not answer.
param($parameters)
$start = $null
if ($null -eq $parameters.node) {
    $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='SSISScaleOutMaster$($parameters.suffix)'"
    if ($null -ne $service -and $service.ProcessId -ne 0) {
        $process = Get-Process -Id $service.ProcessId
        $start = "$($process.Id) $($process.StartTime.ToUniversalTime().Ticks)"
    }
} else {
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -ComputerName $parameters.node -ErrorAction SilentlyContinue
    if ($null -ne $system) { $start = [string]$system.LastBootUpTime.ToUniversalTime().Ticks }
}
[pscustomobject]@{ start = $start }
