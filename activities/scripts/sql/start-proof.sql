-- Runs the package Probe.dtsx in Scale Out, on one worker or on any, and lets the execution carry what it proves in
-- its parameter Evidence. One that was made for the same evidence and not started yet is started; where one is under
-- way or has succeeded, none is. Asynchronous and without a second try; messages are kept at the basic level.
DECLARE @folder nvarchar(128) = JSON_VALUE(@parameters, N'$.folder'),
    @name nvarchar(128) = JSON_VALUE(@parameters, N'$.project'),
    @evidence nvarchar(400) = JSON_VALUE(@parameters, N'$.evidence'),
    @worker uniqueidentifier = JSON_VALUE(@parameters, N'$.agentId');
IF NOT EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary replica of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @id bigint, @any bit = CASE WHEN @worker IS NULL THEN 1 ELSE 0 END, @level smallint = 1;
    DECLARE @known TABLE (id bigint, status int);
    INSERT @known
    SELECT executions.execution_id, executions.status
    FROM catalog.execution_parameter_values AS parameters
    JOIN catalog.executions AS executions ON executions.execution_id = parameters.execution_id
    WHERE executions.folder_name = @folder AND executions.project_name = @name
        AND parameters.object_type = 30 AND parameters.parameter_name = N''Evidence''
        AND CONVERT(nvarchar(400), parameters.parameter_value) = @evidence;
    IF EXISTS (SELECT * FROM @known WHERE status IN (2, 5, 7, 8)) RETURN;
    SELECT @id = MAX(id) FROM @known WHERE status = 1;
    IF @id IS NULL
    BEGIN
        EXEC catalog.create_execution
            @folder_name = @folder, @project_name = @name, @package_name = N''Probe.dtsx'', @reference_id = NULL,
            @use32bitruntime = 0, @runinscaleout = 1, @useanyworker = @any, @execution_id = @id OUTPUT;
        IF @any = 0 EXEC catalog.add_execution_worker @execution_id = @id, @workeragent_id = @worker;
        EXEC catalog.set_execution_parameter_value
            @execution_id = @id, @object_type = 50, @parameter_name = N''LOGGING_LEVEL'', @parameter_value = @level;
        EXEC catalog.set_execution_parameter_value
            @execution_id = @id, @object_type = 30, @parameter_name = N''Evidence'', @parameter_value = @evidence;
    END;
    EXEC catalog.start_execution @execution_id = @id, @retry_count = 0;',
    N'@folder nvarchar(128), @name nvarchar(128), @evidence nvarchar(400), @worker uniqueidentifier',
    @folder = @folder, @name = @name, @evidence = @evidence, @worker = @worker;
SELECT N'{}' AS result;
