# What the directory knows of each account, and whether this machine may use those that it manages itself.
param($parameters)
$canTest = $null -ne (Get-Command -Name 'Test-ADServiceAccount' -ErrorAction SilentlyContinue)
$accounts = @($parameters.accounts | ForEach-Object {
    $found = [pscustomobject]@{ account = $_; kind = 'missing'; isEnabled = $false; usableHere = $null }
    $sid = $null
    try {
        $sid = (New-Object Security.Principal.NTAccount $_).Translate([Security.Principal.SecurityIdentifier]).Value
    } catch [Security.Principal.IdentityNotMappedException] {
        $sid = $null
    }
    if ($null -ne $sid) {
        $entry = New-Object DirectoryServices.DirectoryEntry "LDAP://<SID=$sid>"
        $classes = @($entry.Properties['objectClass'])
        $found.kind = 'other'
        if ($classes -contains 'msDS-GroupManagedServiceAccount') { $found.kind = 'gmsa' }
        elseif ($classes -contains 'group') { $found.kind = 'group' }
        elseif ($classes -contains 'user') { $found.kind = 'user' }
        # Bit 2 of userAccountControl: the account is switched off. A group has none.
        $control = $entry.Properties['userAccountControl'].Value
        $found.isEnabled = ($null -eq $control) -or (([int]$control -band 2) -eq 0)
        if (($found.kind -eq 'gmsa') -and $canTest) {
            $found.usableHere = [bool](Test-ADServiceAccount -Identity $sid -WarningAction SilentlyContinue)
        }
    }
    $found
})
[pscustomobject]@{ accounts = $accounts }
