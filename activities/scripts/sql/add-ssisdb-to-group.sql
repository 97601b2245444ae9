-- Adds SSISDB to an availability group that is primary on this instance.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    THROW 50101, N'SSISDB belongs to an availability group already.', 1;
DECLARE @statement nvarchar(max) = N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' ADD DATABASE [SSISDB];';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
