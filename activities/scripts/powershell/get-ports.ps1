# Who listens at each port, and whether it is the service that is meant to.
param($parameters)
$services = @(Get-CimInstance -ClassName Win32_Service)
$ports = @($parameters.ports | ForEach-Object {
    $wanted = $_
    $listener = Get-NetTCPConnection -LocalPort $wanted.port -State Listen -ErrorAction SilentlyContinue | Select-Object -First 1
    $holder = $null
    $isOurs = $false
    if ($null -ne $listener) {
        $process = $listener.OwningProcess
        $names = @($services | Where-Object { $_.ProcessId -eq $process } | ForEach-Object { $_.Name })
        $holder = (Get-Process -Id $process -ErrorAction SilentlyContinue).ProcessName
        if ($names.Count -gt 0) { $holder = $names -join ', ' }
        $ours = $services | Where-Object { $_.Name -eq $wanted.service }
        # Process 4 is the system itself: http.sys listens for a service that speaks HTTP.
        $isOurs = ($null -ne $ours) -and (($ours.ProcessId -eq $process) -or (($process -eq 4) -and ($ours.State -eq 'Running')))
    }
    [pscustomobject]@{ port = $wanted.port; holder = $holder; isOurs = $isOurs }
})
[pscustomobject]@{ ports = $ports }
