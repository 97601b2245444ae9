-- The availability group as this instance knows it: primary, replicas and members; and the group that SSISDB is in.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
SELECT (
    SELECT
        (
            SELECT g.name
            FROM sys.databases AS d
            JOIN sys.availability_replicas AS r ON r.replica_id = d.replica_id
            JOIN sys.availability_groups AS g ON g.group_id = r.group_id
            WHERE d.name = N'SSISDB'
        ) AS groupOfSsisdb,
        JSON_QUERY((
            SELECT
                g.name,
                s.primary_replica AS [primary],
                SUSER_SNAME(own.owner_sid) AS [owner],
                CONVERT(bit, CASE WHEN own.owner_sid = 0x01 THEN 1 ELSE 0 END) AS ownedBySa,
                JSON_QUERY(COALESCE((
                    SELECT N'[' + STRING_AGG(N'"' + STRING_ESCAPE(CONVERT(nvarchar(max), c.database_name), 'json') + N'"', N',') WITHIN GROUP (ORDER BY c.database_name) + N']'
                    FROM sys.availability_databases_cluster AS c
                    WHERE c.group_id = g.group_id
                ), N'[]')) AS databases,
                JSON_QUERY((
                    SELECT
                        r.replica_server_name AS [server],
                        r.endpoint_url AS endpointUrl,
                        r.availability_mode_desc AS availabilityMode,
                        r.failover_mode_desc AS failoverMode,
                        CONVERT(bit, CASE WHEN c.join_state > 0 THEN 1 ELSE 0 END) AS joined
                    FROM sys.availability_replicas AS r
                    LEFT JOIN sys.dm_hadr_availability_replica_cluster_states AS c ON c.replica_id = r.replica_id
                    WHERE r.group_id = g.group_id
                    ORDER BY r.replica_server_name
                    FOR JSON PATH
                )) AS replicas
            FROM sys.availability_groups AS g
            LEFT JOIN sys.dm_hadr_availability_group_states AS s ON s.group_id = g.group_id
            LEFT JOIN sys.availability_replicas AS own ON own.group_id = g.group_id AND own.replica_server_name = @@SERVERNAME
            WHERE g.name = @name
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
        )) AS [group]
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
