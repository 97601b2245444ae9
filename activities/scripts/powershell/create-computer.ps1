# Makes a computer object that the cluster will take: disabled, with full control for its holder. One that is
# there already and disabled only gets the right.
param($parameters)
$unit = New-Object DirectoryServices.DirectoryEntry "LDAP://$($parameters.ou)"
$searcher = New-Object DirectoryServices.DirectorySearcher
$searcher.SearchRoot = $unit
$searcher.Filter = "(&(objectCategory=computer)(sAMAccountName=$($parameters.name)$))"
$hit = $searcher.FindOne()
if ($null -ne $hit) {
    $computer = $hit.GetDirectoryEntry()
    if ((([int]$computer.Properties['userAccountControl'].Value) -band 2) -eq 0) {
        throw "The computer object $($parameters.name) is enabled: the name is in use"
    }
} else {
    $computer = $unit.Children.Add("CN=$($parameters.name)", 'computer')
    $computer.Properties['sAMAccountName'].Value = "$($parameters.name)$"
    # WORKSTATION_TRUST_ACCOUNT and ACCOUNTDISABLE.
    $computer.Properties['userAccountControl'].Value = 0x1002
    $computer.CommitChanges()
}
$holder = (New-Object Security.Principal.NTAccount $parameters.holder).Translate([Security.Principal.SecurityIdentifier])
$rights = [DirectoryServices.ActiveDirectoryRights]::GenericAll
$allow = [Security.AccessControl.AccessControlType]::Allow
$rule = New-Object DirectoryServices.ActiveDirectoryAccessRule $holder, $rights, $allow
$computer.ObjectSecurity.AddAccessRule($rule)
$computer.CommitChanges()
[pscustomobject]@{}
