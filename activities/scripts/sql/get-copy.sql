-- The copy of SSISDB on this instance, if there is one: its state, its group, and the name of the backup that it
-- was restored from.
SELECT (
    SELECT JSON_QUERY((
        SELECT
            d.state_desc AS [state],
            (
                SELECT g.name
                FROM sys.availability_replicas AS r
                JOIN sys.availability_groups AS g ON g.group_id = r.group_id
                WHERE r.replica_id = d.replica_id
            ) AS [group],
            (
                SELECT TOP (1) b.name
                FROM msdb.dbo.restorehistory AS h
                JOIN msdb.dbo.backupset AS b ON b.backup_set_id = h.backup_set_id
                WHERE h.destination_database_name = N'SSISDB' AND h.restore_type = 'D'
                ORDER BY h.restore_history_id DESC
            ) AS restoredFrom
        FROM sys.databases AS d
        WHERE d.name = N'SSISDB'
        FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
    )) AS [copy]
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
