-- Takes a deployment back: puts an older version of the project in force again, or deletes the project, and the
-- folder where that is asked for and nothing else lies in it. Executions of the past stay in the catalog.
DECLARE @folder nvarchar(128) = JSON_VALUE(@parameters, N'$.folder'),
    @name nvarchar(128) = JSON_VALUE(@parameters, N'$.project'),
    @lsn bigint = JSON_VALUE(@parameters, N'$.lsn'),
    @removeFolder bit = CASE JSON_VALUE(@parameters, N'$.removeFolder') WHEN N'true' THEN 1 ELSE 0 END;
IF NOT EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary replica of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @now bigint, @others int;
    SELECT @now = projects.object_version_lsn
    FROM catalog.projects AS projects
    JOIN catalog.folders AS folders ON folders.folder_id = projects.folder_id
    WHERE folders.name = @folder AND projects.name = @name;
    IF @now IS NOT NULL AND @lsn IS NULL
        EXEC catalog.delete_project @folder_name = @folder, @project_name = @name;
    IF @now <> @lsn
        EXEC catalog.restore_project @folder_name = @folder, @project_name = @name, @object_version_lsn = @lsn;
    IF @removeFolder = 0 OR NOT EXISTS (SELECT * FROM catalog.folders WHERE name = @folder) RETURN;
    SELECT @others =
        (SELECT COUNT(*) FROM catalog.projects AS projects
            JOIN catalog.folders AS folders ON folders.folder_id = projects.folder_id WHERE folders.name = @folder)
        + (SELECT COUNT(*) FROM catalog.environments AS environments
            JOIN catalog.folders AS folders ON folders.folder_id = environments.folder_id WHERE folders.name = @folder);
    IF @others = 0 EXEC catalog.delete_folder @folder_name = @folder;',
    N'@folder nvarchar(128), @name nvarchar(128), @lsn bigint, @removeFolder bit',
    @folder = @folder, @name = @name, @lsn = @lsn, @removeFolder = @removeFolder;
SELECT N'{}' AS result;
