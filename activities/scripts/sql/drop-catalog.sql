-- Drops SSISDB with what its creation made beside it. Refused where it holds a project or belongs to a group.
DECLARE @projects int = 0;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    THROW 50102, N'SSISDB belongs to an availability group.', 1;
IF DB_ID(N'SSISDB') IS NOT NULL
BEGIN
    EXEC SSISDB.sys.sp_executesql N'SELECT @projects = COUNT(*) FROM internal.projects;', N'@projects int OUTPUT', @projects = @projects OUTPUT;
    IF @projects > 0
        THROW 50103, N'SSISDB holds projects.', 1;
    EXEC sys.sp_executesql N'ALTER DATABASE SSISDB SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE SSISDB;';
END;
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = N'SSIS Server Maintenance Job')
    EXEC msdb.dbo.sp_delete_job @job_name = N'SSIS Server Maintenance Job', @delete_unused_schedule = 1;
IF OBJECT_ID(N'master.dbo.sp_ssis_startup') IS NOT NULL
    EXEC sys.sp_executesql N'DROP PROCEDURE dbo.sp_ssis_startup;';
IF SUSER_ID(N'##MS_SSISServerCleanupJobLogin##') IS NOT NULL
    EXEC sys.sp_executesql N'DROP LOGIN [##MS_SSISServerCleanupJobLogin##];';
DECLARE @hash varbinary(64) = (
    SELECT TOP (1) hash FROM sys.trusted_assemblies
    WHERE description LIKE N'Microsoft.SqlServer.IntegrationServices.Server,%'
);
IF @hash IS NOT NULL
    EXEC sys.sp_drop_trusted_assembly @hash;
SELECT N'{}' AS result;
