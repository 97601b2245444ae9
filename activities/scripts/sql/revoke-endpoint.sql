-- Takes back from an account the right to connect to the endpoint, and its login where that was made for it.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.name');
DECLARE @login sysname = (SELECT name FROM sys.server_principals WHERE sid = SUSER_SID(JSON_VALUE(@parameters, '$.account')));
DECLARE @statement nvarchar(max) = N'REVOKE CONNECT ON ENDPOINT::' + QUOTENAME(@name) + N' FROM ' + QUOTENAME(@login) + N';';
IF @login IS NOT NULL AND EXISTS (SELECT 1 FROM sys.database_mirroring_endpoints WHERE name = @name)
    EXEC sys.sp_executesql @statement;
SET @statement = N'DROP LOGIN ' + QUOTENAME(@login) + N';';
IF @login IS NOT NULL AND JSON_VALUE(@parameters, '$.dropLogin') = N'true'
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
