# User rights that group policy defines on this machine, and which of the accounts it leaves out: what a policy
# defines replaces whatever setup has granted. Judged by SIDs, with the groups that every service belongs to.
param($parameters)
function Get-Sids($account) {
    try {
        $sid = (New-Object Security.Principal.NTAccount -ArgumentList $account).Translate([Security.Principal.SecurityIdentifier]).Value
    } catch [Security.Principal.IdentityNotMappedException] {
        return @()
    }
    $groups = @()
    try {
        $entry = New-Object DirectoryServices.DirectoryEntry "LDAP://<SID=$sid>"
        $entry.RefreshCache(@('tokenGroups'))
        $groups = @($entry.Properties['tokenGroups'] | ForEach-Object { (New-Object Security.Principal.SecurityIdentifier $_, 0).Value })
    } catch {
        # An account of this machine alone is in no directory.
        $groups = @()
    }
    # Everyone, Authenticated Users, Users, whatever runs as a service, and all services.
    @($sid) + $groups + @('S-1-1-0', 'S-1-5-11', 'S-1-5-32-545', 'S-1-5-6', 'S-1-5-80-0')
}
$inForce = @(Get-CimInstance -Namespace 'root\rsop\computer' -ClassName 'RSOP_UserPrivilegeRight' -ErrorAction SilentlyContinue |
    Where-Object { [int]$_.precedence -eq 1 })
$sids = @{}
foreach ($account in @($parameters.accounts)) { $sids[$account] = @(Get-Sids $account) }
$rights = @(@($parameters.rights) | ForEach-Object {
    $wanted = $_
    $defined = @($inForce | Where-Object { $_.UserRight -eq $wanted })[0]
    if ($null -ne $defined) {
        $holders = @(@($defined.AccountList) | ForEach-Object {
            $holder = ([string]$_).TrimStart('*')
            if ($holder.StartsWith('S-1-')) { $holder }
            else {
                try { (New-Object Security.Principal.NTAccount -ArgumentList $holder).Translate([Security.Principal.SecurityIdentifier]).Value }
                catch { $holder }
            }
        })
        [pscustomobject]@{
            right = $wanted
            without = @(@($parameters.accounts) | Where-Object {
                $own = $sids[$_]
                ($own.Count -gt 0) -and (@($holders | Where-Object { $own -contains $_ }).Count -eq 0)
            })
        }
    }
})
[pscustomobject]@{ rights = $rights }
