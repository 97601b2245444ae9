-- Whether SSISDB is on this instance, and what it is here: alone, primary or secondary in a group; whether that group
-- is resolving, so that nobody is primary; and whether the master key opens here by itself or by a stored password.
DECLARE @isPrimary bit = COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0);
SELECT (
    SELECT
        (SELECT state_desc FROM sys.databases WHERE name = N'SSISDB') AS state,
        CONVERT(bit, CASE WHEN EXISTS (
            SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL
        ) THEN 1 ELSE 0 END) AS inGroup,
        @isPrimary AS isPrimary,
        (
            SELECT groups.name
            FROM sys.databases AS own
            JOIN sys.availability_replicas AS replicas ON replicas.replica_id = own.replica_id
            JOIN sys.availability_groups AS groups ON groups.group_id = replicas.group_id
            WHERE own.name = N'SSISDB'
        ) AS [group],
        CONVERT(bit, CASE WHEN EXISTS (
            SELECT 1
            FROM sys.databases AS own
            JOIN sys.dm_hadr_availability_replica_states AS states ON states.replica_id = own.replica_id
            WHERE own.name = N'SSISDB' AND states.is_local = 1 AND states.role = 0
        ) THEN 1 ELSE 0 END) AS isResolving,
        CONVERT(bit, CASE WHEN EXISTS (
            SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND is_master_key_encrypted_by_server = 1
        ) OR EXISTS (
            SELECT 1
            FROM sys.master_key_passwords AS stored
            JOIN sys.database_recovery_status AS own ON own.family_guid = stored.family_guid
            WHERE own.database_id = DB_ID(N'SSISDB')
        ) THEN 1 ELSE 0 END) AS masterKeyOpens
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
