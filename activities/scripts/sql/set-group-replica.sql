-- Sets how a replica commits and fails over, at the primary. The automatic mode needs the synchronous one, so
-- it is left first or entered last.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @server nvarchar(256) = REPLACE(JSON_VALUE(@parameters, '$.server'), N'''', N'''''');
IF NOT EXISTS (
    SELECT 1 FROM sys.availability_groups AS g
    JOIN sys.dm_hadr_availability_group_states AS s ON s.group_id = g.group_id
    WHERE g.name = @name AND s.primary_replica = @@SERVERNAME
)
    THROW 50101, N'This instance is not the primary of the availability group.', 1;
DECLARE @head nvarchar(max) = N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' MODIFY REPLICA ON N''' + @server + N''' WITH (';
DECLARE @statement nvarchar(max) = CASE
    WHEN JSON_VALUE(@parameters, '$.availabilityMode') <> N'SYNCHRONOUS_COMMIT'
    THEN @head + N'FAILOVER_MODE = MANUAL); ' + @head + N'AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT);'
    ELSE @head + N'AVAILABILITY_MODE = SYNCHRONOUS_COMMIT); ' + @head + N'FAILOVER_MODE = '
        + CASE JSON_VALUE(@parameters, '$.failoverMode') WHEN N'AUTOMATIC' THEN N'AUTOMATIC' ELSE N'MANUAL' END + N');'
END;
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
