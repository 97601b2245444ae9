-- Whether SSISDB is primary on this instance (null: it is in no availability group here), and in which state.
SELECT (
    SELECT
        (SELECT state_desc FROM sys.databases WHERE name = N'SSISDB') AS [state],
        CONVERT(bit, CASE
            WHEN EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
            THEN ISNULL(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0)
        END) AS isPrimary
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
