-- Drops sp_ssis_startup.
IF OBJECT_ID(N'master.dbo.sp_ssis_startup') IS NOT NULL
    EXEC sys.sp_executesql N'DROP PROCEDURE dbo.sp_ssis_startup;';
SELECT N'{}' AS result;
