-- How many minutes ago the newest backups of SSISDB ended that this instance remembers; null where it remembers none.
-- Copies of the log do not count: they empty no log. A copy of the whole is as good to restore as any other.
SELECT (
    SELECT
        DATEDIFF(MINUTE, MAX(CASE WHEN type = 'D' THEN backup_finish_date END), SYSDATETIME()) AS fullMinutes,
        DATEDIFF(
            MINUTE,
            MAX(CASE WHEN type = 'L' AND is_copy_only = 0 THEN backup_finish_date END),
            SYSDATETIME()
        ) AS logMinutes
    FROM msdb.dbo.backupset
    WHERE database_name = N'SSISDB'
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
