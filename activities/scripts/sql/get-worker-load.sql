-- The worker of a machine: whether it takes work, how many tasks it holds, and how many others could stand in
-- for it. Null where the catalog knows no such worker.
DECLARE @machine nvarchar(256) = JSON_VALUE(@parameters, N'$.machine'), @worker nvarchar(max) = NULL;
IF EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @worker = (
            SELECT TOP (1)
                LOWER(CONVERT(nvarchar(36), agents.WorkerAgentId)) AS id,
                agents.IsEnabled AS isEnabled,
                (
                    SELECT COUNT(*) FROM internal.tasks AS tasks
                    WHERE tasks.WorkerAgentId = agents.WorkerAgentId AND tasks.Status IN (2, 3)
                ) AS tasks,
                (
                    SELECT COUNT(*) FROM catalog.worker_agents AS others
                    WHERE others.WorkerAgentId <> agents.WorkerAgentId AND others.IsEnabled = 1
                        AND others.LastOnlineTime > DATEADD(minute, -3, SYSDATETIMEOFFSET())
                ) AS othersOnline
            FROM catalog.worker_agents AS agents
            WHERE LEFT(agents.MachineName, CHARINDEX(N''.'', agents.MachineName + N''.'') - 1) = @machine
            ORDER BY agents.LastOnlineTime DESC
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
        );',
        N'@machine nvarchar(256), @worker nvarchar(max) OUTPUT', @machine = @machine, @worker = @worker OUTPUT;
SELECT (
    SELECT JSON_QUERY(@worker) AS worker
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
