-- Tells SSISDB where workers write execution logs. The product's procedure updates rows and says nothing where
-- there are none, so they are counted first.
DECLARE @server nvarchar(max) = JSON_VALUE(@parameters, '$.server');
DECLARE @connection nvarchar(max) = JSON_VALUE(@parameters, '$.connection');
DECLARE @rows int = 0;
IF NOT EXISTS (
    SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0
        AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'SELECT @rows = COUNT(*) FROM [internal].[master_properties]
          WHERE property_name IN (N''CLUSTER_LOGDB_SERVER'', N''CLUSTER_LOGDB_CONNECTIONSTRING'');',
    N'@rows int OUTPUT', @rows = @rows OUTPUT;
IF @rows < 2
    THROW 50103, N'SSISDB has no rows for the log connection: Scale Out was never enabled.', 1;
EXEC SSISDB.[catalog].[update_logdb_info] @server_name = @server, @connection_string = @connection;
SELECT N'{}' AS result;
