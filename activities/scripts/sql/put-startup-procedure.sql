-- Makes sp_ssis_startup from its text, in place of one that is there, and lets the engine run it at its start or not.
DECLARE @definition nvarchar(max), @isStartup nvarchar(5) = JSON_VALUE(@parameters, '$.isStartup');
SELECT @definition = [definition] FROM OPENJSON(@parameters) WITH ([definition] nvarchar(max) '$.definition');
IF OBJECT_ID(N'master.dbo.sp_ssis_startup') IS NOT NULL
    AND COALESCE(OBJECT_DEFINITION(OBJECT_ID(N'master.dbo.sp_ssis_startup')), N'') <> @definition
    EXEC sys.sp_executesql N'DROP PROCEDURE dbo.sp_ssis_startup;';
IF OBJECT_ID(N'master.dbo.sp_ssis_startup') IS NULL
    EXEC sys.sp_executesql @definition;
DECLARE @option varchar(5) = CASE @isStartup WHEN N'true' THEN 'on' ELSE 'off' END;
EXEC sys.sp_procoption @ProcName = N'sp_ssis_startup', @OptionName = 'startup', @OptionValue = @option;
SELECT N'{}' AS result;
