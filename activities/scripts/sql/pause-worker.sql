-- Lets a worker take no more work. Where a task came in the very moment it is let go on at once: the catalog
-- refuses the final status of a task whose worker is disabled.
DECLARE @id uniqueidentifier = JSON_VALUE(@parameters, N'$.id');
IF NOT EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary replica of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'EXEC catalog.disable_worker_agent @WorkerAgentId = @id;
    IF EXISTS (SELECT * FROM internal.tasks WHERE WorkerAgentId = @id AND Status IN (2, 3))
        EXEC catalog.enable_worker_agent @WorkerAgentId = @id;',
    N'@id uniqueidentifier', @id = @id;
SELECT N'{}' AS result;
