# Runs one statement on an engine as the account of this shell, on a connection that the shell keeps: what the
# session holds, the fence above all, is held until close-sql.ps1 or the end of the shell. A connection is
# opened only where the caller expects none: one that was lost takes its fence along, and nobody may go on
# behind it as if nothing had happened. What SQL Server refuses is an answer, with its number.
param($parameters)

if ($null -eq $global:ssisHaSql) { $global:ssisHaSql = @{} }
$key = '{0},{1}' -f $parameters.server, $parameters.port
$connection = $global:ssisHaSql[$key]
$isOpen = $null -ne $connection -and $connection.State -eq [Data.ConnectionState]::Open
$result = $null
$failure = $null
try {
    if (-not $isOpen) {
        if (-not $parameters.opens) {
            return [pscustomobject]@{
                result = $null
                error = @{ number = 10054; severity = 20; state = 0; message = 'The connection was lost.' }
            }
        }
        $connection = New-Object Data.SqlClient.SqlConnection
        $builder = New-Object Data.SqlClient.SqlConnectionStringBuilder
        $builder['Data Source'] = 'tcp:' + $key
        $builder['Initial Catalog'] = 'master'
        $builder['Integrated Security'] = $true
        $builder['Encrypt'] = $true
        $builder['TrustServerCertificate'] = -not $parameters.verify
        $builder['Application Name'] = 'ssis-ha'
        $builder['Connect Timeout'] = 15
        # Without a pool the session ends with its connection.
        $builder['Pooling'] = $false
        $connection.ConnectionString = $builder.ConnectionString
        $connection.Open()
        $global:ssisHaSql[$key] = $connection
    }
    $command = $connection.CreateCommand()
    $command.CommandText = $parameters.statement
    $command.CommandTimeout = 3600
    $value = $command.Parameters.Add('@parameters', [Data.SqlDbType]::NVarChar, -1)
    $value.Value = $parameters.values
    $reader = $command.ExecuteReader()
    try {
        # To the last result: an error behind the first one would not be seen otherwise.
        do {
            while ($reader.Read()) {
                if ($null -eq $result -and -not $reader.IsDBNull(0)) { $result = [string]$reader.GetValue(0) }
            }
        } while ($reader.NextResult())
    } finally {
        $reader.Dispose()
        $command.Dispose()
    }
} catch {
    $failure = $_.Exception
    while ($null -ne $failure -and $failure.GetType().Name -ne 'SqlException') {
        $failure = $failure.InnerException
    }
    if ($null -eq $failure) { throw }
}
if ($null -eq $failure) { return [pscustomobject]@{ result = $result; error = $null } }
[pscustomobject]@{
    result = $null
    error = @{
        number = $failure.Number
        severity = [int]$failure.Class
        state = [int]$failure.State
        message = $failure.Message
    }
}
