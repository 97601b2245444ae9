-- Registers a replica in SSISDB, at the primary: 1 for the primary, 2 for a secondary.
DECLARE @server nvarchar(256) = JSON_VALUE(@parameters, '$.server');
DECLARE @state tinyint = CASE WHEN @server = @@SERVERNAME THEN 1 ELSE 2 END;
IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
EXEC SSISDB.sys.sp_executesql
    N'EXEC internal.add_replica_info @server_name = @server, @state = @state;',
    N'@server nvarchar(256), @state tinyint', @server = @server, @state = @state;
SELECT N'{}' AS result;
