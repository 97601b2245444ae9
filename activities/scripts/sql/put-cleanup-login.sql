-- Gives this instance the login of the SSIS jobs with an identifier of its own choosing, in place of one that has
-- another: the user in SSISDB belongs to it by that identifier. Nobody signs in with it: it is disabled, and its
-- password is random.
DECLARE @sid varbinary(85) = CONVERT(varbinary(85), JSON_VALUE(@parameters, '$.sid'), 1);
DECLARE @mayViewState nvarchar(5) = JSON_VALUE(@parameters, '$.mayViewState');
DECLARE @statement nvarchar(max);
IF EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = N'##MS_SSISServerCleanupJobLogin##' AND sid <> @sid)
    EXEC sys.sp_executesql N'DROP LOGIN [##MS_SSISServerCleanupJobLogin##];';
IF NOT EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = N'##MS_SSISServerCleanupJobLogin##')
BEGIN
    SET @statement =
        N'CREATE LOGIN [##MS_SSISServerCleanupJobLogin##] WITH PASSWORD = N''' + CONVERT(nvarchar(130), CRYPT_GEN_RANDOM(32), 1) + N'aA1!'''
        + N', SID = ' + CONVERT(nvarchar(172), @sid, 1) + N', CHECK_POLICY = OFF, CHECK_EXPIRATION = OFF, DEFAULT_DATABASE = [master];';
    EXEC sys.sp_executesql @statement;
END;
EXEC sys.sp_executesql N'ALTER LOGIN [##MS_SSISServerCleanupJobLogin##] DISABLE;';
IF @mayViewState = N'true'
    EXEC sys.sp_executesql N'GRANT VIEW SERVER STATE TO [##MS_SSISServerCleanupJobLogin##];';
IF @mayViewState = N'false'
    EXEC sys.sp_executesql N'REVOKE VIEW SERVER STATE FROM [##MS_SSISServerCleanupJobLogin##];';
SELECT N'{}' AS result;
