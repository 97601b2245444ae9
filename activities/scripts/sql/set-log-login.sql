-- Makes the log login what SSISDB expects on every replica: this SID, this password, enabled, no policy. One
-- with another SID could not enter SSISDB; it owns nothing and is made anew.
DECLARE @name sysname = N'##MS_SSISLogDBWorkerAgentLogin##';
DECLARE @password nvarchar(128) = JSON_VALUE(@parameters, '$.password');
DECLARE @sid varbinary(85) = CONVERT(varbinary(85), JSON_VALUE(@parameters, '$.sid'), 1);
DECLARE @literal nvarchar(300) = N'N''' + REPLACE(@password, N'''', N'''''') + N'''';
DECLARE @change nvarchar(max);
IF @password IS NULL OR @sid IS NULL
    THROW 50102, N'A password and a SID are needed.', 1;
IF EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = @name AND sid <> @sid)
BEGIN
    SET @change = N'DROP LOGIN ' + QUOTENAME(@name);
    EXEC (@change);
END;
IF SUSER_ID(@name) IS NULL
BEGIN
    SET @change = N'CREATE LOGIN ' + QUOTENAME(@name) + N' WITH PASSWORD = ' + @literal
        + N', SID = ' + CONVERT(nvarchar(200), @sid, 1)
        + N', CHECK_POLICY = OFF, CHECK_EXPIRATION = OFF, DEFAULT_DATABASE = [master]';
    EXEC (@change);
END
ELSE
BEGIN
    IF EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = @name AND is_policy_checked = 1)
    BEGIN
        SET @change = N'ALTER LOGIN ' + QUOTENAME(@name) + N' WITH CHECK_EXPIRATION = OFF, CHECK_POLICY = OFF';
        EXEC (@change);
    END;
    SET @change = N'ALTER LOGIN ' + QUOTENAME(@name) + N' WITH PASSWORD = ' + @literal;
    EXEC (@change);
END;
SET @change = N'ALTER LOGIN ' + QUOTENAME(@name) + N' ENABLE';
IF EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = @name AND is_disabled = 1)
    EXEC (@change);
SELECT N'{}' AS result;
