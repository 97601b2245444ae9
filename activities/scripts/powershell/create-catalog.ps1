# Creates SSISDB through the object model of Integration Services, as this account. The object model lives in
# Windows PowerShell alone, so the work is done in one of its own; the password reaches it through standard input.
param($parameters)
$work = @'
$ErrorActionPreference = 'Stop'
try {
    $given = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadLine())) | ConvertFrom-Json
    $source = '.\' + $given.instance
    if ($given.instance -eq 'MSSQLSERVER') { $source = '.' }
    $name = "Microsoft.SqlServer.Management.IntegrationServices, Version=$($given.major).0.0.0, Culture=neutral, PublicKeyToken=89845dcd8080cc91"
    [Reflection.Assembly]::Load($name) | Out-Null
    $connection = New-Object System.Data.SqlClient.SqlConnection -ArgumentList "Data Source=$source;Initial Catalog=master;Integrated Security=SSPI;Application Name=ssis-ha"
    $server = New-Object Microsoft.SqlServer.Management.IntegrationServices.IntegrationServices -ArgumentList $connection
    if ($null -ne $server.Catalogs['SSISDB']) { throw 'SSISDB exists already' }
    $catalog = New-Object Microsoft.SqlServer.Management.IntegrationServices.Catalog -ArgumentList $server, 'SSISDB', $given.password
    $catalog.Create()
    [Console]::Out.WriteLine('{"ok":true}')
} catch {
    $cause = $_.Exception
    while ($null -ne $cause.InnerException) { $cause = $cause.InnerException }
    [Console]::Out.WriteLine((ConvertTo-Json -Compress -InputObject @{ ok = $false; message = $cause.Message; number = $cause.Number }))
}
'@
$given = ConvertTo-Json -Compress -InputObject @{ instance = $parameters.instance; major = $parameters.major; password = $parameters.password }
$line = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($given))
$encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($work))
$windows = Join-Path $env:SystemRoot 'System32\WindowsPowerShell\v1.0\powershell.exe'
$said = $line | & $windows -NoProfile -NonInteractive -EncodedCommand $encoded
$answer = $said | Select-Object -Last 1 | ConvertFrom-Json
if ($null -eq $answer) { throw "Windows PowerShell ended with $LASTEXITCODE" }
if (-not $answer.ok) { throw "SSISDB was not created: $($answer.message) (error $($answer.number))" }
[pscustomobject]@{}
