# Ends the process of the Scale Out Master on this machine as a crash would, unless another one has started since.
param($parameters)
$service = Get-CimInstance -ClassName Win32_Service -Filter "Name='SSISScaleOutMaster$($parameters.suffix)'"
if ($null -ne $service -and $service.ProcessId -ne 0) {
    $process = Get-Process -Id $service.ProcessId
    $start = "$($process.Id) $($process.StartTime.ToUniversalTime().Ticks)"
    if ($start -eq $parameters.start) { Stop-Process -Id $process.Id -Force }
}
[pscustomobject]@{}
