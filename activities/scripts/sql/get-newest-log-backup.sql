-- Whether this instance has a log backup of SSISDB that is no older than so many minutes. Copies do not count: they
-- empty no log.
SELECT (
    SELECT CONVERT(bit, CASE WHEN EXISTS (
        SELECT 1 FROM msdb.dbo.backupset
        WHERE database_name = N'SSISDB' AND type = 'L' AND is_copy_only = 0
            AND backup_finish_date >= DATEADD(MINUTE, -CONVERT(int, JSON_VALUE(@parameters, '$.minutes')), SYSDATETIME())
    ) THEN 1 ELSE 0 END) AS recent
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
