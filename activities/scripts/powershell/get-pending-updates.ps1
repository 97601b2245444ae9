# The updates of SQL Server that Windows Update has found for this machine and not installed. Asks the machine's own
# store of what was found last, so that no server is asked and nothing is changed. The product's name is the same in
# every language.
param($parameters)
$session = New-Object -ComObject 'Microsoft.Update.Session'
$searcher = $session.CreateUpdateSearcher()
$searcher.Online = $false
$found = $searcher.Search("IsInstalled=0 and IsHidden=0 and Type='Software'")
$updates = @($found.Updates | ForEach-Object { [string]$_.Title } | Where-Object { $_ -match 'SQL Server 20\d\d' })
[pscustomobject]@{ updates = $updates }
