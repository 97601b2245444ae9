-- Lets a worker take work again.
DECLARE @id uniqueidentifier = JSON_VALUE(@parameters, N'$.id');
IF NOT EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary replica of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'EXEC catalog.enable_worker_agent @WorkerAgentId = @id;',
    N'@id uniqueidentifier', @id = @id;
SELECT N'{}' AS result;
