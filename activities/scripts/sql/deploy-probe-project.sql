-- Deploys a project into a folder, which is made if it is missing. A project of that name gets one more version.
DECLARE @folder nvarchar(128) = JSON_VALUE(@parameters, N'$.folder'),
    @name nvarchar(128) = JSON_VALUE(@parameters, N'$.project'),
    @stream varbinary(max) = CONVERT(varbinary(max), (
        SELECT stream FROM OPENJSON(@parameters) WITH (stream varchar(max) N'$.stream')
    ), 2);
IF NOT EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary replica of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @id bigint;
    IF NOT EXISTS (SELECT * FROM catalog.folders WHERE name = @folder)
        EXEC catalog.create_folder @folder_name = @folder, @folder_id = @id OUTPUT;
    EXEC catalog.deploy_project
        @folder_name = @folder, @project_name = @name, @project_stream = @stream, @operation_id = @id OUTPUT;',
    N'@folder nvarchar(128), @name nvarchar(128), @stream varbinary(max)',
    @folder = @folder, @name = @name, @stream = @stream;
SELECT N'{}' AS result;
