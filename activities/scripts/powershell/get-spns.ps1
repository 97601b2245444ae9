# Which accounts of the directory hold each service principal name: none, one, or two by mistake.
param($parameters)
$found = @(@($parameters.spns) | ForEach-Object {
    $searcher = New-Object DirectoryServices.DirectorySearcher -ArgumentList "(servicePrincipalName=$_)"
    [void]$searcher.PropertiesToLoad.Add('samaccountname')
    [pscustomobject]@{
        spn = $_
        accounts = @($searcher.FindAll() | ForEach-Object { [string]$_.Properties['samaccountname'][0] })
    }
})
[pscustomobject]@{ spns = $found }
