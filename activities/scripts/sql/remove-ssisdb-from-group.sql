-- Takes SSISDB out of its availability group, at the primary, which keeps it online.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
BEGIN
    IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
        THROW 50101, N'SSISDB is not primary on this instance.', 1;
    DECLARE @statement nvarchar(max) = N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' REMOVE DATABASE [SSISDB];';
    EXEC sys.sp_executesql @statement;
END;
SELECT N'{}' AS result;
