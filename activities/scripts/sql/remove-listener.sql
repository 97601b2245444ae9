-- Takes the listener from the availability group, at the primary.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @listener nvarchar(63) = JSON_VALUE(@parameters, '$.listener');
IF EXISTS (
    SELECT 1 FROM sys.availability_group_listeners AS l
    JOIN sys.availability_groups AS g ON g.group_id = l.group_id
    WHERE g.name = @name AND l.dns_name = @listener
)
BEGIN
    IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
        THROW 50101, N'SSISDB is not primary on this instance.', 1;
    DECLARE @statement nvarchar(max) = N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' REMOVE LISTENER N''' + REPLACE(@listener, N'''', N'''''') + N''';';
    EXEC sys.sp_executesql @statement;
END;
SELECT N'{}' AS result;
