-- Adds a replica to the availability group, at its primary.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @server nvarchar(256) = JSON_VALUE(@parameters, '$.server');
IF NOT EXISTS (
    SELECT 1 FROM sys.availability_groups AS g
    JOIN sys.dm_hadr_availability_group_states AS s ON s.group_id = g.group_id
    WHERE g.name = @name AND s.primary_replica = @@SERVERNAME
)
    THROW 50101, N'This instance is not the primary of the availability group.', 1;
DECLARE @statement nvarchar(max) =
    N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' ADD REPLICA ON N''' + REPLACE(@server, N'''', N'''''')
    + N''' WITH (ENDPOINT_URL = N''' + REPLACE(JSON_VALUE(@parameters, '$.endpointUrl'), N'''', N'''''')
    + N''', AVAILABILITY_MODE = ' + CASE JSON_VALUE(@parameters, '$.availabilityMode') WHEN N'SYNCHRONOUS_COMMIT' THEN N'SYNCHRONOUS_COMMIT' ELSE N'ASYNCHRONOUS_COMMIT' END
    + N', FAILOVER_MODE = ' + CASE JSON_VALUE(@parameters, '$.failoverMode') WHEN N'AUTOMATIC' THEN N'AUTOMATIC' ELSE N'MANUAL' END
    + N', SEEDING_MODE = MANUAL, SECONDARY_ROLE (ALLOW_CONNECTIONS = NO));';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
