-- Gives a Windows account a login on this instance.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
DECLARE @statement nvarchar(max) = N'CREATE LOGIN ' + QUOTENAME(@account) + N' FROM WINDOWS;';
IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE sid = SUSER_SID(@account))
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
