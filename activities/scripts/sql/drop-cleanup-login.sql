-- Drops the login of the SSIS jobs from this instance.
IF EXISTS (SELECT 1 FROM sys.sql_logins WHERE name = N'##MS_SSISServerCleanupJobLogin##')
    EXEC sys.sp_executesql N'DROP LOGIN [##MS_SSISServerCleanupJobLogin##];';
SELECT N'{}' AS result;
