-- Stops the executions of the probe package whose evidence begins as asked for, where they are still under way.
DECLARE @folder nvarchar(128) = JSON_VALUE(@parameters, N'$.folder'),
    @name nvarchar(128) = JSON_VALUE(@parameters, N'$.project'),
    @prefix nvarchar(400) = JSON_VALUE(@parameters, N'$.prefix');
IF NOT EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary replica of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @id bigint, @live CURSOR;
    SET @live = CURSOR LOCAL STATIC FOR
        SELECT executions.execution_id
        FROM catalog.execution_parameter_values AS evidence
        JOIN catalog.executions AS executions ON executions.execution_id = evidence.execution_id
        WHERE executions.folder_name = @folder AND executions.project_name = @name
            AND evidence.object_type = 30 AND evidence.parameter_name = N''Evidence''
            AND LEFT(CONVERT(nvarchar(400), evidence.parameter_value), LEN(@prefix)) = @prefix
            AND executions.status IN (2, 5);
    OPEN @live;
    FETCH NEXT FROM @live INTO @id;
    WHILE @@FETCH_STATUS = 0
    BEGIN
        EXEC catalog.stop_operation @operation_id = @id;
        FETCH NEXT FROM @live INTO @id;
    END;',
    N'@folder nvarchar(128), @name nvarchar(128), @prefix nvarchar(400)',
    @folder = @folder, @name = @name, @prefix = @prefix;
SELECT N'{}' AS result;
