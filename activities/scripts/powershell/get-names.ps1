# Names and addresses that a cluster is to take: their computer objects and who may take them, their DNS
# records, whether anything answers at an address, and what this node's cluster holds already.
param($parameters)
$fullControl = [int][DirectoryServices.ActiveDirectoryRights]::GenericAll
function Get-Sid($account) {
    try {
        $sid = (New-Object Security.Principal.NTAccount $account).Translate([Security.Principal.SecurityIdentifier]).Value
    } catch [Security.Principal.IdentityNotMappedException] {
        return @()
    }
    $entry = New-Object DirectoryServices.DirectoryEntry "LDAP://<SID=$sid>"
    $entry.RefreshCache(@('tokenGroups'))
    $groups = @($entry.Properties['tokenGroups'] | ForEach-Object { (New-Object Security.Principal.SecurityIdentifier $_, 0).Value })
    @($sid) + $groups
}
$searcher = New-Object DirectoryServices.DirectorySearcher
$searcher.SearchRoot = New-Object DirectoryServices.DirectoryEntry "LDAP://$($parameters.domain)"
$names = @($parameters.names | ForEach-Object {
    $wanted = $_
    $searcher.Filter = "(&(objectCategory=computer)(sAMAccountName=$($wanted.name)$))"
    $hit = $searcher.FindOne()
    $computer = $null
    if ($null -ne $hit) {
        $entry = $hit.GetDirectoryEntry()
        $holders = @(Get-Sid $wanted.holder)
        $rules = $entry.ObjectSecurity.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])
        $grants = @($rules | Where-Object {
            ($_.AccessControlType -eq 'Allow') -and
            (([int]$_.ActiveDirectoryRights -band $fullControl) -eq $fullControl) -and
            ($_.ObjectType -eq [guid]::Empty) -and
            ($holders -contains $_.IdentityReference.Value)
        })
        $computer = [pscustomobject]@{
            isEnabled = (([int]$entry.Properties['userAccountControl'].Value) -band 2) -eq 0
            holderMayTake = $grants.Count -gt 0
        }
    }
    $found = @()
    try {
        $found = @([Net.Dns]::GetHostAddresses("$($wanted.name).$($parameters.domain)") |
            Where-Object { $_.AddressFamily -eq 'InterNetwork' } | ForEach-Object { $_.ToString() })
    } catch {
        $found = @()
    }
    [pscustomobject]@{ name = $wanted.name; computer = $computer; addresses = $found }
})
$unit = New-Object DirectoryServices.DirectoryEntry "LDAP://$($parameters.ou)"
$unit.RefreshCache(@('allowedChildClassesEffective'))
$mayCreate = @($unit.Properties['allowedChildClassesEffective']) -contains 'computer'
# A machine that keeps quiet to an echo request still answers the address resolution of its own network.
$answering = @($parameters.addresses | Where-Object {
    (Test-Connection -ComputerName $_ -Count 1 -Quiet -ErrorAction SilentlyContinue) -or
    ($null -ne (Get-NetNeighbor -IPAddress $_ -State Reachable -ErrorAction SilentlyContinue))
})
$held = [pscustomobject]@{ names = @(); addresses = @() }
if (Test-Path -LiteralPath 'HKLM:\Cluster') {
    $resources = @(Get-ClusterResource)
    $held.names = @($resources | Where-Object { $_.ResourceType.Name -eq 'Network Name' } | ForEach-Object {
        [string]($_ | Get-ClusterParameter -Name DnsName).Value
    })
    $held.addresses = @($resources | Where-Object { $_.ResourceType.Name -eq 'IP Address' } | ForEach-Object {
        [string]($_ | Get-ClusterParameter -Name Address).Value
    })
}
[pscustomobject]@{ mayCreate = $mayCreate; names = $names; answering = $answering; held = $held }
