-- Gives this instance the login of the SSIS jobs with a given identifier, in place of one that has another: the
-- user in SSISDB belongs to it by that identifier. Its jobs stay its own. Nobody signs in with it: it is disabled,
-- and its password is random.
SET XACT_ABORT ON;
DECLARE @sid varbinary(85) = CONVERT(varbinary(85), JSON_VALUE(@parameters, '$.sid'), 1);
DECLARE @other varbinary(85) = (SELECT sid FROM sys.sql_logins WHERE name = N'##MS_SSISServerCleanupJobLogin##' AND sid <> @sid);
DECLARE @sa sysname = SUSER_SNAME(0x01), @job uniqueidentifier, @statement nvarchar(max);
DECLARE @owned TABLE (job_id uniqueidentifier);
INSERT @owned (job_id) SELECT job_id FROM msdb.dbo.sysjobs WHERE owner_sid = @other;
DECLARE jobs CURSOR LOCAL STATIC FOR SELECT job_id FROM @owned;
BEGIN TRANSACTION;
OPEN jobs;
FETCH NEXT FROM jobs INTO @job;
WHILE @@FETCH_STATUS = 0
BEGIN
    EXEC msdb.dbo.sp_update_job @job_id = @job, @owner_login_name = @sa;
    FETCH NEXT FROM jobs INTO @job;
END;
CLOSE jobs;
IF @other IS NOT NULL
    EXEC sys.sp_executesql N'DROP LOGIN [##MS_SSISServerCleanupJobLogin##];';
IF NOT EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = N'##MS_SSISServerCleanupJobLogin##')
BEGIN
    SET @statement =
        N'CREATE LOGIN [##MS_SSISServerCleanupJobLogin##] WITH PASSWORD = N''' + CONVERT(nvarchar(130), CRYPT_GEN_RANDOM(32), 1) + N'aA1!'''
        + N', SID = ' + CONVERT(nvarchar(172), @sid, 1) + N', CHECK_POLICY = OFF, CHECK_EXPIRATION = OFF, DEFAULT_DATABASE = [master];';
    EXEC sys.sp_executesql @statement;
END;
OPEN jobs;
FETCH NEXT FROM jobs INTO @job;
WHILE @@FETCH_STATUS = 0
BEGIN
    EXEC msdb.dbo.sp_update_job @job_id = @job, @owner_login_name = N'##MS_SSISServerCleanupJobLogin##';
    FETCH NEXT FROM jobs INTO @job;
END;
CLOSE jobs;
EXEC sys.sp_executesql N'ALTER LOGIN [##MS_SSISServerCleanupJobLogin##] DISABLE;';
IF JSON_VALUE(@parameters, '$.mayViewState') = N'true'
    EXEC sys.sp_executesql N'GRANT VIEW SERVER STATE TO [##MS_SSISServerCleanupJobLogin##];';
ELSE
    EXEC sys.sp_executesql N'REVOKE VIEW SERVER STATE FROM [##MS_SSISServerCleanupJobLogin##];';
COMMIT TRANSACTION;
SELECT N'{}' AS result;
