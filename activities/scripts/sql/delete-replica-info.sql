-- Registers a replica in SSISDB no more, at the primary.
DECLARE @server nvarchar(256) = JSON_VALUE(@parameters, '$.server');
IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
EXEC SSISDB.sys.sp_executesql
    N'IF EXISTS (SELECT 1 FROM internal.alwayson_support_state WHERE server_name = @server) EXEC internal.delete_replica_info @server_name = @server;',
    N'@server nvarchar(256)', @server = @server;
SELECT N'{}' AS result;
