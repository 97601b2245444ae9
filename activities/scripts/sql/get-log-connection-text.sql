-- The stored connection string itself, password and all, so that it can be put back: it goes from here into the
-- vault of the host and nowhere else.
DECLARE @connection nvarchar(max);
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    EXEC SSISDB.sys.sp_executesql
        N'IF EXISTS (SELECT 1 FROM [internal].[master_properties]
              WHERE property_name = N''CLUSTER_LOGDB_CONNECTIONSTRING'' AND property_value <> N'''')
              EXEC [internal].[get_log_dbconnection] @connection OUTPUT;',
        N'@connection nvarchar(max) OUTPUT', @connection = @connection OUTPUT;
SELECT (
    SELECT @connection AS connection
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
