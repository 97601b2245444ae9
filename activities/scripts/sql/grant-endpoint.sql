-- Lets the account of another replica's engine connect to the endpoint; makes its login where there is none.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.name');
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
DECLARE @statement nvarchar(max) = N'CREATE LOGIN ' + QUOTENAME(@account) + N' FROM WINDOWS;';
IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE sid = SUSER_SID(@account))
    EXEC sys.sp_executesql @statement;
DECLARE @login sysname = (SELECT name FROM sys.server_principals WHERE sid = SUSER_SID(@account));
SET @statement = N'GRANT CONNECT ON ENDPOINT::' + QUOTENAME(@name) + N' TO ' + QUOTENAME(@login) + N';';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
