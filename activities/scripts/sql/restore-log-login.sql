-- Puts the log login back as it was: its SID, and its password by the hash, which may go back and forth without
-- anybody knowing the password.
DECLARE @name sysname = N'##MS_SSISLogDBWorkerAgentLogin##';
DECLARE @hash varbinary(256) = CONVERT(varbinary(256), JSON_VALUE(@parameters, '$.hash'), 1);
DECLARE @sid varbinary(85) = CONVERT(varbinary(85), JSON_VALUE(@parameters, '$.sid'), 1);
DECLARE @hashed nvarchar(700) = N' WITH PASSWORD = ' + CONVERT(nvarchar(600), @hash, 1) + N' HASHED';
DECLARE @change nvarchar(max);
IF @hash IS NULL OR @sid IS NULL
    THROW 50102, N'A hash and a SID are needed.', 1;
IF EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = @name AND sid <> @sid)
BEGIN
    SET @change = N'DROP LOGIN ' + QUOTENAME(@name);
    EXEC (@change);
END;
IF SUSER_ID(@name) IS NULL
    SET @change = N'CREATE LOGIN ' + QUOTENAME(@name) + @hashed
        + N', SID = ' + CONVERT(nvarchar(200), @sid, 1)
        + N', CHECK_POLICY = OFF, CHECK_EXPIRATION = OFF, DEFAULT_DATABASE = [master]';
ELSE
    SET @change = N'ALTER LOGIN ' + QUOTENAME(@name) + @hashed;
EXEC (@change);
SET @change = N'ALTER LOGIN ' + QUOTENAME(@name) + N' WITH CHECK_POLICY = '
    + CASE WHEN JSON_VALUE(@parameters, '$.checksPolicy') = N'true' THEN N'ON' ELSE N'OFF' END;
EXEC (@change);
SET @change = N'ALTER LOGIN ' + QUOTENAME(@name)
    + CASE WHEN JSON_VALUE(@parameters, '$.isDisabled') = N'true' THEN N' DISABLE' ELSE N' ENABLE' END;
EXEC (@change);
SELECT N'{}' AS result;
