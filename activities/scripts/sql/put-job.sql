-- Makes a job of the Agent from its definition, in place of one of the same name. Owner null: sa, whatever it is
-- called. All or nothing: half a job would run half.
SET XACT_ABORT ON;
DECLARE @name sysname = JSON_VALUE(@parameters, '$.name');
DECLARE @owner sysname = COALESCE(JSON_VALUE(@parameters, '$.owner'), SUSER_SNAME(0x01));
DECLARE @enabled tinyint = CASE JSON_VALUE(@parameters, '$.enabled') WHEN N'true' THEN 1 ELSE 0 END;
DECLARE @definition nvarchar(max);
SELECT @definition = [definition] FROM OPENJSON(@parameters) WITH ([definition] nvarchar(max) '$.definition');
DECLARE @description nvarchar(512) = JSON_VALUE(@definition, '$.description');
DECLARE @startStep int = CONVERT(int, JSON_VALUE(@definition, '$.startStep'));
DECLARE @id int, @stepName sysname, @subsystem nvarchar(40), @command nvarchar(max), @database sysname,
    @onSuccess tinyint, @onSuccessStep int, @onFail tinyint, @onFailStep int, @retries int, @retryMinutes int;
DECLARE @scheduleName sysname, @scheduleEnabled tinyint, @freqType int, @freqInterval int, @freqSubdayType int,
    @freqSubdayInterval int, @freqRelativeInterval int, @freqRecurrenceFactor int, @startTime int, @endTime int;
DECLARE steps CURSOR LOCAL STATIC FOR
    SELECT id, [name], subsystem, command, [database], onSuccess, onSuccessStep, onFail, onFailStep, retries, retryMinutes
    FROM OPENJSON(@definition, '$.steps') WITH (
        id int, [name] sysname, subsystem nvarchar(40), command nvarchar(max), [database] sysname, onSuccess tinyint,
        onSuccessStep int, onFail tinyint, onFailStep int, retries int, retryMinutes int
    )
    ORDER BY id;
DECLARE schedules CURSOR LOCAL STATIC FOR
    SELECT [name], CASE [enabled] WHEN N'true' THEN 1 WHEN N'1' THEN 1 ELSE 0 END, freqType, freqInterval, freqSubdayType, freqSubdayInterval, freqRelativeInterval,
        freqRecurrenceFactor, startTime, endTime
    FROM OPENJSON(@definition, '$.schedules') WITH (
        [name] sysname, [enabled] nvarchar(10), freqType int, freqInterval int, freqSubdayType int, freqSubdayInterval int,
        freqRelativeInterval int, freqRecurrenceFactor int, startTime int, endTime int
    );
BEGIN TRANSACTION;
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @name)
    EXEC msdb.dbo.sp_delete_job @job_name = @name, @delete_unused_schedule = 1;
EXEC msdb.dbo.sp_add_job @job_name = @name, @enabled = @enabled, @description = @description, @owner_login_name = @owner;
OPEN steps;
FETCH NEXT FROM steps INTO @id, @stepName, @subsystem, @command, @database, @onSuccess, @onSuccessStep, @onFail, @onFailStep, @retries, @retryMinutes;
WHILE @@FETCH_STATUS = 0
BEGIN
    EXEC msdb.dbo.sp_add_jobstep @job_name = @name, @step_id = @id, @step_name = @stepName, @subsystem = @subsystem,
        @command = @command, @database_name = @database, @on_success_action = @onSuccess,
        @on_success_step_id = @onSuccessStep, @on_fail_action = @onFail, @on_fail_step_id = @onFailStep,
        @retry_attempts = @retries, @retry_interval = @retryMinutes;
    FETCH NEXT FROM steps INTO @id, @stepName, @subsystem, @command, @database, @onSuccess, @onSuccessStep, @onFail, @onFailStep, @retries, @retryMinutes;
END;
CLOSE steps;
EXEC msdb.dbo.sp_update_job @job_name = @name, @start_step_id = @startStep;
OPEN schedules;
FETCH NEXT FROM schedules INTO @scheduleName, @scheduleEnabled, @freqType, @freqInterval, @freqSubdayType, @freqSubdayInterval, @freqRelativeInterval, @freqRecurrenceFactor, @startTime, @endTime;
WHILE @@FETCH_STATUS = 0
BEGIN
    EXEC msdb.dbo.sp_add_jobschedule @job_name = @name, @name = @scheduleName, @enabled = @scheduleEnabled,
        @freq_type = @freqType, @freq_interval = @freqInterval, @freq_subday_type = @freqSubdayType,
        @freq_subday_interval = @freqSubdayInterval, @freq_relative_interval = @freqRelativeInterval,
        @freq_recurrence_factor = @freqRecurrenceFactor, @active_start_time = @startTime, @active_end_time = @endTime;
    FETCH NEXT FROM schedules INTO @scheduleName, @scheduleEnabled, @freqType, @freqInterval, @freqSubdayType, @freqSubdayInterval, @freqRelativeInterval, @freqRecurrenceFactor, @startTime, @endTime;
END;
CLOSE schedules;
EXEC msdb.dbo.sp_add_jobserver @job_name = @name, @server_name = N'(local)';
COMMIT TRANSACTION;
SELECT N'{}' AS result;
