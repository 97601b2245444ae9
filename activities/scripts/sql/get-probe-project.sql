-- Whether a project is deployed, in which of its versions, and which version of the package Probe.dtsx it holds.
DECLARE @folder nvarchar(128) = JSON_VALUE(@parameters, N'$.folder'),
    @name nvarchar(128) = JSON_VALUE(@parameters, N'$.project'),
    @isThere bit = 0, @folders int = 0, @project nvarchar(max) = NULL;
IF EXISTS (
    SELECT * FROM sys.databases
    WHERE name = N'SSISDB' AND state = 0 AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
BEGIN
    SET @isThere = 1;
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @folders = COUNT(*) FROM catalog.folders WHERE name = @folder;
        SELECT @project = (
            SELECT
                CONVERT(nvarchar(20), projects.object_version_lsn) AS lsn,
                (
                    SELECT UPPER(CONVERT(nvarchar(36), packages.version_guid))
                    FROM catalog.packages AS packages
                    WHERE packages.project_id = projects.project_id AND packages.name = N''Probe.dtsx''
                ) AS version
            FROM catalog.projects AS projects
            JOIN catalog.folders AS folders ON folders.folder_id = projects.folder_id
            WHERE folders.name = @folder AND projects.name = @name
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
        );',
        N'@folder nvarchar(128), @name nvarchar(128), @folders int OUTPUT, @project nvarchar(max) OUTPUT',
        @folder = @folder, @name = @name, @folders = @folders OUTPUT, @project = @project OUTPUT;
END;
SELECT (
    SELECT
        @isThere AS catalogIsThere,
        CONVERT(bit, @folders) AS folderIsThere,
        JSON_QUERY(@project) AS project
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
