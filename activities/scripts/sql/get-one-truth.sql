-- What the group and SSISDB say of names: the listener, the properties of the Master, and the server to which the
-- stored connection string sends execution logs. The string itself holds a password and does not leave the server.
DECLARE @properties nvarchar(max) = NULL, @stored nvarchar(max) = NULL, @from int, @to int;
IF EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @properties = (
            SELECT property_name AS name, property_value AS value
            FROM catalog.master_properties
            WHERE property_name IN (
                N''MASTER_ADDRESS'', N''CLUSTER_LOGDB_SERVER'', N''MACHINE_NAME'', N''MASTER_SERVICE_PORT'',
                N''SSLCERT_THUMBPRINT''
            )
            ORDER BY property_name
            FOR JSON PATH, INCLUDE_NULL_VALUES
        );
        IF EXISTS (
            SELECT * FROM internal.master_properties
            WHERE property_name = N''CLUSTER_LOGDB_CONNECTIONSTRING'' AND property_value <> N''''
        )
            EXEC internal.get_log_dbconnection @stored OUTPUT;',
        N'@properties nvarchar(max) OUTPUT, @stored nvarchar(max) OUTPUT',
        @properties = @properties OUTPUT, @stored = @stored OUTPUT;
SET @from = NULLIF(CHARINDEX(N'Data Source=', @stored), 0) + LEN(N'Data Source=');
SET @to = CHARINDEX(N';', @stored + N';', @from);
SELECT (
    SELECT
        JSON_QUERY((
            SELECT TOP (1) listeners.dns_name AS name, listeners.port
            FROM sys.availability_group_listeners AS listeners
            JOIN sys.availability_databases_cluster AS members ON members.group_id = listeners.group_id
            WHERE members.database_name = N'SSISDB'
            ORDER BY listeners.dns_name
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
        )) AS listener,
        JSON_QUERY(ISNULL(@properties, N'[]')) AS properties,
        SUBSTRING(@stored, @from, @to - @from) AS logServer
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
