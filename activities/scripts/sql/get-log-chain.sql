-- The log backups of SSISDB that others have taken since the newest full backup of a name, oldest first: without
-- them a restore of that backup cannot go on.
DECLARE @end numeric(25, 0) = (
    SELECT TOP (1) last_lsn FROM msdb.dbo.backupset
    WHERE database_name = N'SSISDB' AND type = 'D' AND name = JSON_VALUE(@parameters, '$.name')
    ORDER BY backup_set_id DESC
);
SELECT (
    SELECT JSON_QUERY(COALESCE((
        SELECT m.physical_device_name AS [file], b.position, CONVERT(int, m.family_sequence_number) AS family
        FROM msdb.dbo.backupset AS b
        JOIN msdb.dbo.backupmediafamily AS m ON m.media_set_id = b.media_set_id
        WHERE b.database_name = N'SSISDB' AND b.type = 'L' AND b.is_copy_only = 0 AND b.last_lsn > @end
        ORDER BY b.first_lsn, m.family_sequence_number
        FOR JSON PATH
    ), N'[]')) AS logs
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
