-- Drops a job of the Agent with the schedules that nothing else uses.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.name');
IF EXISTS (SELECT 1 FROM msdb.dbo.sysjobs WHERE name = @name)
    EXEC msdb.dbo.sp_delete_job @job_name = @name, @delete_unused_schedule = 1;
SELECT N'{}' AS result;
