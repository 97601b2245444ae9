-- A job of the Agent with its steps and schedules; null where there is none of that name.
SELECT (
    SELECT JSON_QUERY((
        SELECT
            j.enabled AS [enabled],
            SUSER_SNAME(j.owner_sid) AS [owner],
            CONVERT(nvarchar(max), (
                SELECT
                    j.description,
                    j.start_step_id AS startStep,
                    JSON_QUERY(COALESCE((
                        SELECT
                            s.step_id AS id, s.step_name AS name, s.subsystem, s.command, s.database_name AS [database],
                            s.on_success_action AS onSuccess, s.on_success_step_id AS onSuccessStep,
                            s.on_fail_action AS onFail, s.on_fail_step_id AS onFailStep,
                            s.retry_attempts AS retries, s.retry_interval AS retryMinutes
                        FROM msdb.dbo.sysjobsteps AS s
                        WHERE s.job_id = j.job_id
                        ORDER BY s.step_id
                        FOR JSON PATH, INCLUDE_NULL_VALUES
                    ), N'[]')) AS steps,
                    JSON_QUERY(COALESCE((
                        SELECT
                            c.name, c.enabled AS [enabled], c.freq_type AS freqType, c.freq_interval AS freqInterval,
                            c.freq_subday_type AS freqSubdayType, c.freq_subday_interval AS freqSubdayInterval,
                            c.freq_relative_interval AS freqRelativeInterval, c.freq_recurrence_factor AS freqRecurrenceFactor,
                            c.active_start_time AS startTime, c.active_end_time AS endTime
                        FROM msdb.dbo.sysjobschedules AS l
                        JOIN msdb.dbo.sysschedules AS c ON c.schedule_id = l.schedule_id
                        WHERE l.job_id = j.job_id
                        ORDER BY c.name
                        FOR JSON PATH, INCLUDE_NULL_VALUES
                    ), N'[]')) AS schedules
                FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
            )) AS definition
        FROM (
            SELECT job_id, CONVERT(bit, enabled) AS enabled, owner_sid, description, start_step_id
            FROM msdb.dbo.sysjobs
            WHERE name = JSON_VALUE(@parameters, '$.name')
        ) AS j
        FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
    )) AS job
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
