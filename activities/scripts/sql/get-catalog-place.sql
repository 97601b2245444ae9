-- Whether SSISDB is on this instance, and what it is here: alone, primary or secondary in a group.
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
        ) AS [group]
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
