# Executions that run, pend or stop in the catalog of this host's own engine: asked locally and as this account, for
# an engine whose certificate nobody can verify yet. None where it has no SSISDB, or cannot read it.
param($parameters)
$source = '.\' + $parameters.instance
if ($parameters.instance -eq 'MSSQLSERVER') { $source = '.' }
$connection = New-Object System.Data.SqlClient.SqlConnection -ArgumentList "Data Source=$source;Integrated Security=SSPI;Encrypt=False;Connect Timeout=15;Application Name=ssis-ha"
$connection.Open()
try {
    $command = $connection.CreateCommand()
    $command.CommandText = "IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1))
EXEC SSISDB.sys.sp_executesql N'SELECT execution_id, folder_name + N''/'' + project_name + N''/'' + package_name, CONVERT(nvarchar(19), start_time, 126), machine_name FROM catalog.executions WHERE status IN (2, 5, 8) ORDER BY execution_id;';"
    $reader = $command.ExecuteReader()
    $executions = @(while ($reader.Read()) {
        $startedAt = $null
        $machine = $null
        if (-not $reader.IsDBNull(2)) { $startedAt = $reader.GetString(2) }
        if (-not $reader.IsDBNull(3)) { $machine = $reader.GetString(3) }
        [pscustomobject]@{ id = $reader.GetInt64(0); package = $reader.GetString(1); startedAt = $startedAt; machine = $machine }
    })
    $reader.Close()
} finally {
    $connection.Dispose()
}
[pscustomobject]@{ executions = $executions }
