-- Joins this instance to the availability group as a secondary; a replica that has joined is left as it is.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @statement nvarchar(max) = N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' JOIN WITH (CLUSTER_TYPE = WSFC);';
IF NOT EXISTS (SELECT 1 FROM sys.availability_groups WHERE name = @name)
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
