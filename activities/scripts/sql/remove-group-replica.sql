-- Removes a secondary replica from the availability group, at its primary.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @server nvarchar(256) = JSON_VALUE(@parameters, '$.server');
IF NOT EXISTS (
    SELECT 1 FROM sys.availability_groups AS g
    JOIN sys.dm_hadr_availability_group_states AS s ON s.group_id = g.group_id
    WHERE g.name = @name AND s.primary_replica = @@SERVERNAME
)
    THROW 50101, N'This instance is not the primary of the availability group.', 1;
DECLARE @statement nvarchar(max) =
    N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' REMOVE REPLICA ON N''' + REPLACE(@server, N'''', N'''''') + N''';';
IF EXISTS (
    SELECT 1 FROM sys.availability_replicas AS r
    JOIN sys.availability_groups AS g ON g.group_id = r.group_id
    WHERE g.name = @name AND r.replica_server_name = @server
)
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
