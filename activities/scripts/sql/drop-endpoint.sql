-- Drops the endpoint for availability replicas, unless a group still needs it.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.name');
IF EXISTS (SELECT 1 FROM sys.availability_groups)
    THROW 50102, N'An availability group still uses the endpoint.', 1;
DECLARE @statement nvarchar(max) = N'DROP ENDPOINT ' + QUOTENAME(@name) + N';';
IF EXISTS (SELECT 1 FROM sys.database_mirroring_endpoints WHERE name = @name)
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
