-- The workers that SSISDB knows, and which of them have reported to the Master lately. Null where SSISDB cannot be
-- read here.
DECLARE @fresh int = JSON_VALUE(@parameters, N'$.freshSeconds'), @agents nvarchar(max) = NULL;
IF EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
BEGIN
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @agents = (
            SELECT
                LOWER(CONVERT(nvarchar(36), WorkerAgentId)) AS id,
                MachineName AS machine,
                IsEnabled AS enabled,
                CONVERT(bit, CASE
                    WHEN LastOnlineTime >= DATEADD(second, -@fresh, SYSDATETIMEOFFSET()) THEN 1 ELSE 0
                END) AS isOnline,
                DATEDIFF(minute, LastOnlineTime, SYSDATETIMEOFFSET()) AS silentMinutes
            FROM catalog.worker_agents
            ORDER BY MachineName, WorkerAgentId
            FOR JSON PATH, INCLUDE_NULL_VALUES
        );',
        N'@fresh int, @agents nvarchar(max) OUTPUT', @fresh = @fresh, @agents = @agents OUTPUT;
    SET @agents = ISNULL(@agents, N'[]');
END;
SELECT (
    SELECT JSON_QUERY(@agents) AS agents
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
