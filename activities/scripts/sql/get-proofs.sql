-- The executions whose parameter Evidence begins as asked for, oldest first: how far each is, how many messages it
-- has left, which worker took it, and which workers have not reported since. Waits some seconds for those that are
-- under way. Null where SSISDB cannot be read here.
DECLARE @folder nvarchar(128) = JSON_VALUE(@parameters, N'$.folder'),
    @name nvarchar(128) = JSON_VALUE(@parameters, N'$.project'),
    @prefix nvarchar(400) = JSON_VALUE(@parameters, N'$.prefix'),
    @wait int = JSON_VALUE(@parameters, N'$.waitSeconds'),
    @proofs nvarchar(max) = NULL;
DECLARE @until datetime2 = DATEADD(second, @wait, SYSUTCDATETIME());
IF EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
BEGIN
    EXEC SSISDB.sys.sp_executesql
        N'WHILE SYSUTCDATETIME() < @until AND EXISTS (
            SELECT *
            FROM catalog.execution_parameter_values AS evidence
            JOIN catalog.executions AS executions ON executions.execution_id = evidence.execution_id
            WHERE executions.folder_name = @folder AND executions.project_name = @name
                AND evidence.object_type = 30 AND evidence.parameter_name = N''Evidence''
                AND LEFT(CONVERT(nvarchar(400), evidence.parameter_value), LEN(@prefix)) = @prefix
                AND executions.status IN (2, 5, 8)
        )
            WAITFOR DELAY ''00:00:00.500'';
        SELECT @proofs = (
            SELECT
                CONVERT(nvarchar(20), executions.execution_id) AS id,
                CONVERT(nvarchar(400), evidence.parameter_value) AS evidence,
                executions.status,
                (
                    SELECT COUNT(*) FROM catalog.operation_messages AS messages
                    WHERE messages.operation_id = executions.execution_id
                ) AS messages,
                (
                    SELECT TOP (1) agents.MachineName
                    FROM internal.executions AS jobs
                    JOIN internal.tasks AS tasks ON tasks.JobId = jobs.job_id
                    JOIN catalog.worker_agents AS agents ON agents.WorkerAgentId = tasks.WorkerAgentId
                    WHERE jobs.execution_id = executions.execution_id
                ) AS worker,
                executions.server_name AS server,
                JSON_QUERY(ISNULL((
                    SELECT agents.MachineName AS machine
                    FROM catalog.worker_agents AS agents
                    WHERE agents.IsEnabled = 1
                        AND (agents.LastOnlineTime IS NULL OR agents.LastOnlineTime <= executions.created_time)
                    ORDER BY agents.MachineName
                    FOR JSON PATH
                ), N''[]'')) AS silent
            FROM catalog.execution_parameter_values AS evidence
            JOIN catalog.executions AS executions ON executions.execution_id = evidence.execution_id
            WHERE executions.folder_name = @folder AND executions.project_name = @name
                AND evidence.object_type = 30 AND evidence.parameter_name = N''Evidence''
                AND LEFT(CONVERT(nvarchar(400), evidence.parameter_value), LEN(@prefix)) = @prefix
            ORDER BY executions.execution_id
            FOR JSON PATH, INCLUDE_NULL_VALUES
        );',
        N'@folder nvarchar(128), @name nvarchar(128), @prefix nvarchar(400), @until datetime2, @proofs nvarchar(max) OUTPUT',
        @folder = @folder, @name = @name, @prefix = @prefix, @until = @until, @proofs = @proofs OUTPUT;
    SET @proofs = ISNULL(@proofs, N'[]');
END;
SELECT (
    SELECT JSON_QUERY(@proofs) AS proofs
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
