-- How the copy of SSISDB on another replica is doing, as the primary sees it; null where it is no replica.
DECLARE @server nvarchar(256) = JSON_VALUE(@parameters, '$.server');
SELECT (
    SELECT JSON_QUERY((
        SELECT TOP (1)
            r.availability_mode_desc AS availabilityMode,
            CONVERT(bit, CASE WHEN j.join_state > 0 THEN 1 ELSE 0 END) AS replicaJoined,
            s.connected_state_desc AS connection,
            CONVERT(bit, COALESCE(c.is_database_joined, 0)) AS databaseJoined,
            CONVERT(bit, COALESCE(c.is_failover_ready, 0)) AS failoverReady,
            d.synchronization_state_desc AS synchronization,
            d.synchronization_health_desc AS health,
            CONVERT(bit, COALESCE(d.is_suspended, 0)) AS suspended
        FROM sys.availability_replicas AS r
        JOIN sys.availability_groups AS g ON g.group_id = r.group_id
        LEFT JOIN sys.dm_hadr_availability_replica_cluster_states AS j ON j.replica_id = r.replica_id
        LEFT JOIN sys.dm_hadr_availability_replica_states AS s ON s.replica_id = r.replica_id
        LEFT JOIN sys.dm_hadr_database_replica_cluster_states AS c ON c.replica_id = r.replica_id AND c.database_name = N'SSISDB'
        LEFT JOIN sys.dm_hadr_database_replica_states AS d ON d.replica_id = r.replica_id AND d.database_id = DB_ID(N'SSISDB')
        WHERE g.name = JSON_VALUE(@parameters, '$.group') AND r.replica_server_name = @server
        FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
    )) AS replica
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
