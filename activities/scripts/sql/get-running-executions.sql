-- Executions that are running, pending or stopping, where this instance can read the catalog.
DECLARE @catalog nvarchar(10) = N'none', @executions nvarchar(max) = NULL;
SELECT @catalog = CASE
    WHEN state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1) THEN N'here'
    WHEN replica_id IS NOT NULL THEN N'elsewhere'
    ELSE N'none'
END
FROM sys.databases
WHERE name = N'SSISDB';
IF @catalog = N'here'
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @executions = (
            SELECT
                execution_id AS id,
                folder_name + N''/'' + project_name + N''/'' + package_name AS package,
                CONVERT(nvarchar(19), start_time, 126) AS startedAt,
                machine_name AS machine
            FROM catalog.executions
            WHERE status IN (2, 5, 8)
            ORDER BY execution_id
            FOR JSON PATH, INCLUDE_NULL_VALUES
        );',
        N'@executions nvarchar(max) OUTPUT', @executions = @executions OUTPUT;
SELECT (
    SELECT @catalog AS catalog, JSON_QUERY(ISNULL(@executions, N'[]')) AS executions
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
