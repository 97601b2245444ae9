-- Says of each named replica whether the cluster may fail the group over to it by itself. Only the primary can.
DECLARE @group sysname = JSON_VALUE(@parameters, N'$.group');
IF NOT EXISTS (
    SELECT *
    FROM sys.availability_groups AS groups
    JOIN sys.dm_hadr_availability_group_states AS states ON states.group_id = groups.group_id
    WHERE groups.name = @group AND states.primary_replica = CONVERT(nvarchar(128), SERVERPROPERTY('ServerName'))
)
    THROW 50101, N'This instance is not the primary replica of the availability group.', 1;
DECLARE @statement nvarchar(max) = N'';
SELECT @statement += N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@group) + N' MODIFY REPLICA ON '
    + QUOTENAME(replicas.replica_server_name, '''') + N' WITH (FAILOVER_MODE = '
    + CASE wanted.failoverMode WHEN N'AUTOMATIC' THEN N'AUTOMATIC' ELSE N'MANUAL' END + N');'
FROM OPENJSON(@parameters, N'$.replicas') WITH (server sysname, failoverMode nvarchar(16)) AS wanted
JOIN sys.availability_replicas AS replicas ON replicas.replica_server_name = wanted.server
JOIN sys.availability_groups AS groups ON groups.group_id = replicas.group_id
WHERE groups.name = @group AND replicas.failover_mode_desc <> wanted.failoverMode;
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
