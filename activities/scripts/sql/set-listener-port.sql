-- Moves the listener to another port, at the primary.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @statement nvarchar(max) =
    N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' MODIFY LISTENER N''' + REPLACE(JSON_VALUE(@parameters, '$.listener'), N'''', N'''''')
    + N''' (PORT = ' + CONVERT(nvarchar(10), CONVERT(int, JSON_VALUE(@parameters, '$.port'))) + N');';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
