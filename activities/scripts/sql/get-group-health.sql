-- The availability group as this replica knows it: who is primary, and how each replica stands. Only the
-- primary knows all of them.
DECLARE @group sysname = JSON_VALUE(@parameters, N'$.group');
SELECT (
    SELECT
        CONVERT(nvarchar(128), SERVERPROPERTY('ServerName')) AS server,
        JSON_QUERY((
            SELECT
                states.primary_replica AS [primary],
                JSON_QUERY((
                    SELECT
                        replicas.replica_server_name AS server,
                        replicas.failover_mode_desc AS failoverMode,
                        CONVERT(bit, CASE WHEN replica_states.connected_state = 1 THEN 1 ELSE 0 END) AS isConnected,
                        CONVERT(bit, CASE WHEN databases.synchronized = 1 THEN 1 ELSE 0 END) AS isSynchronized,
                        CONVERT(bit, CASE WHEN cluster_states.ready = 1 THEN 1 ELSE 0 END) AS isFailoverReady,
                        CONVERT(bit, CASE WHEN replica_states.synchronization_health = 2 THEN 1 ELSE 0 END) AS isHealthy
                    FROM sys.availability_replicas AS replicas
                    LEFT JOIN sys.dm_hadr_availability_replica_states AS replica_states
                        ON replica_states.replica_id = replicas.replica_id
                    OUTER APPLY (
                        SELECT MIN(CASE WHEN one.synchronization_state = 2 THEN 1 ELSE 0 END) AS synchronized
                        FROM sys.dm_hadr_database_replica_states AS one
                        WHERE one.replica_id = replicas.replica_id
                    ) AS databases
                    OUTER APPLY (
                        SELECT MIN(CONVERT(int, one.is_failover_ready)) AS ready
                        FROM sys.dm_hadr_database_replica_cluster_states AS one
                        WHERE one.replica_id = replicas.replica_id
                    ) AS cluster_states
                    WHERE replicas.group_id = groups.group_id
                    ORDER BY replicas.replica_server_name
                    FOR JSON PATH
                )) AS replicas
            FROM sys.availability_groups AS groups
            LEFT JOIN sys.dm_hadr_availability_group_states AS states ON states.group_id = groups.group_id
            WHERE groups.name = @group
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
        )) AS [group]
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
