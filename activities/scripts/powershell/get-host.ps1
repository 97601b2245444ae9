# What this machine is to the domain, who runs this here, how its clock and drives stand, and whether it
# finds the other machines by their names.
param($parameters)
$computer = Get-CimInstance -ClassName Win32_ComputerSystem
$windows = Get-CimInstance -ClassName Win32_OperatingSystem
$identity = [Security.Principal.WindowsIdentity]::GetCurrent()
$principal = New-Object Security.Principal.WindowsPrincipal $identity
$domain = $null
$skew = $null
if ($computer.PartOfDomain) {
    $domain = $computer.Domain
    try {
        # A domain controller tells its own time in the root of its directory, in UTC and in one form only.
        $root = New-Object DirectoryServices.DirectoryEntry "LDAP://$($parameters.domain)/RootDSE"
        $told = [string]$root.Properties['currentTime'].Value
        $styles = [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal'
        $theirs = [datetime]::ParseExact($told, "yyyyMMddHHmmss'.0Z'", [Globalization.CultureInfo]::InvariantCulture, $styles)
        $skew = [int]([datetime]::UtcNow - $theirs).TotalSeconds
    } catch {
        $skew = $null
    }
}
$drives = @(Get-CimInstance -ClassName Win32_LogicalDisk -Filter 'DriveType = 3' | ForEach-Object {
    [pscustomobject]@{ name = $_.DeviceID.Substring(0, 1); freeGb = [math]::Floor($_.FreeSpace / 1073741824) }
})
$peers = @($parameters.peers | ForEach-Object {
    # The directory keeps the version of each member: 10.0 (20348).
    $build = $null
    try {
        $searcher = New-Object DirectoryServices.DirectorySearcher (New-Object DirectoryServices.DirectoryEntry "LDAP://$($parameters.domain)")
        $searcher.Filter = "(&(objectCategory=computer)(dNSHostName=$_))"
        $member = $searcher.FindOne()
        if ($member -and [string]$member.Properties['operatingsystemversion'] -match '\((\d+)\)') { $build = $Matches[1] }
    } catch {
        $build = $null
    }
    $found = @()
    try {
        $found = @([Net.Dns]::GetHostAddresses($_) | Where-Object { $_.AddressFamily -eq 'InterNetwork' } | ForEach-Object { $_.ToString() })
    } catch {
        $found = @()
    }
    # The endpoint mapper of remote procedure calls, which the cluster needs between its nodes.
    $client = New-Object Net.Sockets.TcpClient
    $answers = $false
    if ($found.Count -gt 0) {
        try { $answers = $client.ConnectAsync($_, 135).Wait(3000) } catch { $answers = $false }
    }
    $client.Dispose()
    [pscustomobject]@{ name = $_; addresses = $found; answers = $answers; build = $build }
})
[pscustomobject]@{
    domain = $domain
    isMemberServer = $windows.ProductType -eq 3
    build = [string]$windows.BuildNumber
    account = $identity.Name
    isAdministrator = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
    skewSeconds = $skew
    drives = $drives
    peers = $peers
}
