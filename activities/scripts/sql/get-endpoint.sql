-- The endpoint for availability replicas (one per instance), who of the named accounts may connect to it, what
-- the cluster service may do, and whether the health session runs.
DECLARE @id int = (SELECT endpoint_id FROM sys.database_mirroring_endpoints);
DECLARE @system varbinary(85) = 0x010100000000000512000000;
SELECT (
    SELECT
        JSON_QUERY((
            SELECT
                e.name,
                t.port,
                e.state_desc AS [state],
                e.role_desc AS [role],
                e.connection_auth_desc AS [authentication],
                COALESCE(e.encryption_algorithm_desc, N'NONE') AS [encryption],
                p.name AS [owner],
                CONVERT(bit, CASE WHEN p.sid = 0x01 THEN 1 ELSE 0 END) AS ownedBySa
            FROM sys.database_mirroring_endpoints AS e
            JOIN sys.tcp_endpoints AS t ON t.endpoint_id = e.endpoint_id
            JOIN sys.server_principals AS p ON p.principal_id = e.principal_id
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
        )) AS endpoint,
        JSON_QUERY(COALESCE((
            SELECT
                a.value AS account,
                CONVERT(bit, CASE WHEN p.principal_id IS NULL THEN 0 ELSE 1 END) AS hasLogin,
                CONVERT(bit, CASE WHEN EXISTS (
                    SELECT 1 FROM sys.server_permissions AS g
                    WHERE g.class = 105 AND g.major_id = @id AND g.type = 'CO' AND g.state IN ('G', 'W')
                        AND g.grantee_principal_id = p.principal_id
                ) THEN 1 ELSE 0 END) AS mayConnect
            FROM OPENJSON(@parameters, '$.accounts') AS a
            LEFT JOIN sys.server_principals AS p ON p.sid = SUSER_SID(a.value)
            FOR JSON PATH
        ), N'[]')) AS accounts,
        CONVERT(bit, CASE WHEN EXISTS (SELECT 1 FROM sys.server_principals WHERE sid = @system) THEN 1 ELSE 0 END) AS [system.hasLogin],
        JSON_QUERY(COALESCE((
            SELECT N'[' + STRING_AGG(N'"' + wanted.name + N'"', N',') WITHIN GROUP (ORDER BY wanted.name) + N']'
            FROM (VALUES (N'ALTER ANY AVAILABILITY GROUP'), (N'CONNECT SQL'), (N'VIEW SERVER STATE')) AS wanted (name)
            WHERE NOT EXISTS (
                SELECT 1
                FROM sys.server_permissions AS g
                JOIN sys.server_principals AS p ON p.principal_id = g.grantee_principal_id
                WHERE p.sid = @system AND g.class = 100 AND g.permission_name = wanted.name AND g.state IN ('G', 'W')
            )
        ), N'[]')) AS [system.missing],
        CONVERT(bit, COALESCE((SELECT startup_state FROM sys.server_event_sessions WHERE name = N'AlwaysOn_health'), 0)) AS [health.startsWithEngine],
        CONVERT(bit, CASE WHEN EXISTS (SELECT 1 FROM sys.dm_xe_sessions WHERE name = N'AlwaysOn_health') THEN 1 ELSE 0 END) AS [health.runs]
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
