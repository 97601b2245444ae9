# Removes a computer object of the unit, unless it was taken: then it is enabled and somebody's.
param($parameters)
$searcher = New-Object DirectoryServices.DirectorySearcher
$searcher.SearchRoot = New-Object DirectoryServices.DirectoryEntry "LDAP://$($parameters.ou)"
$searcher.Filter = "(&(objectCategory=computer)(sAMAccountName=$($parameters.name)$))"
$hit = $searcher.FindOne()
if ($null -ne $hit) {
    $computer = $hit.GetDirectoryEntry()
    if ((([int]$computer.Properties['userAccountControl'].Value) -band 2) -eq 0) {
        throw "The computer object $($parameters.name) is enabled: the name is in use"
    }
    $computer.DeleteTree()
}
[pscustomobject]@{}
