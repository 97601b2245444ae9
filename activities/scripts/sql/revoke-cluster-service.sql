-- Takes back from the local system the named permissions, and its login where that was made for them.
DECLARE @system sysname = SUSER_SNAME(0x010100000000000512000000);
DECLARE @statement nvarchar(max) = (
    SELECT STRING_AGG(N'REVOKE ' + known.name + N' FROM ' + QUOTENAME(@system) + N';', N' ')
    FROM (VALUES (N'ALTER ANY AVAILABILITY GROUP'), (N'CONNECT SQL'), (N'VIEW SERVER STATE')) AS known (name)
    JOIN OPENJSON(@parameters, '$.permissions') AS given ON given.value = known.name COLLATE DATABASE_DEFAULT
);
IF EXISTS (SELECT 1 FROM sys.server_principals WHERE sid = 0x010100000000000512000000)
BEGIN
    EXEC sys.sp_executesql @statement;
    SET @statement = N'DROP LOGIN ' + QUOTENAME(@system) + N';';
    IF JSON_VALUE(@parameters, '$.dropLogin') = N'true'
        EXEC sys.sp_executesql @statement;
END;
SELECT N'{}' AS result;
