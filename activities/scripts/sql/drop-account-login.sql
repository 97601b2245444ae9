-- Takes the login of a Windows account from this instance.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
DECLARE @statement nvarchar(max) = N'DROP LOGIN ' + QUOTENAME(@account) + N';';
IF EXISTS (SELECT 1 FROM sys.server_principals WHERE sid = SUSER_SID(@account))
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
