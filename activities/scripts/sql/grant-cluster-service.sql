-- Lets the cluster service, which acts as the local system, watch this instance and fail its groups over. The
-- account is found by its identifier, since its name is localised.
DECLARE @system sysname = SUSER_SNAME(0x010100000000000512000000);
DECLARE @statement nvarchar(max) = N'CREATE LOGIN ' + QUOTENAME(@system) + N' FROM WINDOWS;';
IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE sid = 0x010100000000000512000000)
    EXEC sys.sp_executesql @statement;
SET @statement = N'GRANT ALTER ANY AVAILABILITY GROUP, CONNECT SQL, VIEW SERVER STATE TO ' + QUOTENAME(@system) + N';';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
