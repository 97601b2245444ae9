-- Whether SSISDB meets what an availability group asks of a database; null where it is not on this instance.
SELECT (
    SELECT JSON_QUERY((
        SELECT
            d.state_desc AS [state],
            d.recovery_model_desc AS recovery,
            d.is_auto_close_on AS autoClose,
            d.is_read_only AS readOnly,
            d.user_access_desc AS userAccess,
            (
                SELECT g.name
                FROM sys.availability_replicas AS r
                JOIN sys.availability_groups AS g ON g.group_id = r.group_id
                WHERE r.replica_id = d.replica_id
            ) AS [group],
            CONVERT(bit, CASE WHEN m.mirroring_guid IS NULL THEN 0 ELSE 1 END) AS mirrored,
            CONVERT(bit, CASE WHEN s.last_log_backup_lsn IS NULL THEN 0 ELSE 1 END) AS hasLogChain,
            CONVERT(bit, CASE WHEN TRY_CONVERT(datetime, DATABASEPROPERTYEX(N'SSISDB', 'LastGoodCheckDbTime')) >= d.create_date THEN 1 ELSE 0 END) AS checked
        FROM sys.databases AS d
        LEFT JOIN sys.database_recovery_status AS s ON s.database_id = d.database_id
        LEFT JOIN sys.database_mirroring AS m ON m.database_id = d.database_id
        WHERE d.name = N'SSISDB'
        FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
    )) AS readiness
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
