-- Drops the availability group, at its primary and only once nothing is left in it.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @statement nvarchar(max) = N'DROP AVAILABILITY GROUP ' + QUOTENAME(@name) + N';';
IF EXISTS (SELECT 1 FROM sys.availability_groups WHERE name = @name)
BEGIN
    IF EXISTS (
        SELECT 1 FROM sys.availability_databases_cluster AS d
        JOIN sys.availability_groups AS g ON g.group_id = d.group_id
        WHERE g.name = @name
    )
        THROW 50102, N'The availability group still holds databases.', 1;
    IF NOT EXISTS (
        SELECT 1 FROM sys.availability_groups AS g
        JOIN sys.dm_hadr_availability_group_states AS s ON s.group_id = g.group_id
        WHERE g.name = @name AND s.primary_replica = @@SERVERNAME
    )
        THROW 50101, N'This instance is not the primary of the availability group.', 1;
    EXEC sys.sp_executesql @statement;
END;
SELECT N'{}' AS result;
