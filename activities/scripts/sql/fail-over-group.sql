-- Makes this instance the primary of the group, without loss or not at all; nothing where it is primary already.
DECLARE @group sysname = JSON_VALUE(@parameters, N'$.group');
IF NOT EXISTS (
    SELECT *
    FROM sys.availability_groups AS groups
    JOIN sys.dm_hadr_availability_group_states AS states ON states.group_id = groups.group_id
    WHERE groups.name = @group AND states.primary_replica = CONVERT(nvarchar(128), SERVERPROPERTY('ServerName'))
)
BEGIN
    DECLARE @statement nvarchar(max) = N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@group) + N' FAILOVER;';
    EXEC sys.sp_executesql @statement;
END;
SELECT N'{}' AS result;
