-- What this engine is called, whom it runs as, whether it can host availability replicas, and who else lives on it.
SELECT (
    SELECT
        CONVERT(nvarchar(128), @@SERVERNAME) AS serverName,
        CONVERT(nvarchar(128), SERVERPROPERTY('MachineName')) AS machine,
        (SELECT service_account FROM sys.dm_server_services WHERE process_id = CONVERT(int, SERVERPROPERTY('ProcessID'))) AS account,
        CONVERT(bit, SERVERPROPERTY('IsHadrEnabled')) AS enabled,
        CONVERT(int, SERVERPROPERTY('HadrManagerStatus')) AS managerStatus,
        JSON_QUERY(COALESCE((
            SELECT N'[' + STRING_AGG(N'"' + STRING_ESCAPE(CONVERT(nvarchar(max), name), 'json') + N'"', N',') WITHIN GROUP (ORDER BY name) + N']'
            FROM sys.availability_groups
        ), N'[]')) AS groups,
        JSON_QUERY(COALESCE((
            SELECT N'[' + STRING_AGG(N'"' + STRING_ESCAPE(CONVERT(nvarchar(max), name), 'json') + N'"', N',') WITHIN GROUP (ORDER BY name) + N']'
            FROM sys.databases
            WHERE database_id > 4 AND name <> N'SSISDB'
        ), N'[]')) AS otherDatabases
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
