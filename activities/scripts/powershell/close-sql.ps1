# Ends the connections that invoke-sql.ps1 keeps in this shell, and with them what their sessions hold.
param($parameters)

if ($null -ne $global:ssisHaSql) {
    foreach ($connection in $global:ssisHaSql.Values) { $connection.Dispose() }
}
$global:ssisHaSql = @{}
[pscustomobject]@{}
