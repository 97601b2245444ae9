-- What belongs to SSISDB and yet lives outside it, on this instance: it does not travel with a group.
DECLARE @needed nvarchar(max) = N'[]';
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    AND (
        NOT EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
        OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1
    )
    EXEC SSISDB.sys.sp_executesql
        N'SET @needed = (
            SELECT CONVERT(varchar(130), t.hash, 1) AS hash, COALESCE(t.description, a.clr_name) AS description
            FROM sys.assemblies AS a
            JOIN sys.assembly_files AS f ON f.assembly_id = a.assembly_id
            JOIN sys.trusted_assemblies AS t ON t.hash = HASHBYTES(''SHA2_512'', f.content)
            WHERE a.is_user_defined = 1
            ORDER BY t.hash
            FOR JSON PATH
        );',
        N'@needed nvarchar(max) OUTPUT',
        @needed = @needed OUTPUT;
SELECT (
    SELECT
        CONVERT(bit, (SELECT value_in_use FROM sys.configurations WHERE name = N'clr enabled')) AS clrEnabled,
        JSON_QUERY(COALESCE((
            SELECT N'[' + STRING_AGG(CONVERT(nvarchar(max), N'"' + CONVERT(varchar(130), hash, 1) + N'"'), N',') WITHIN GROUP (ORDER BY hash) + N']'
            FROM sys.trusted_assemblies
        ), N'[]')) AS trusted,
        JSON_QUERY(COALESCE(@needed, N'[]')) AS needed,
        JSON_QUERY((
            SELECT
                CONVERT(varchar(172), l.sid, 1) AS sid,
                l.is_disabled AS [disabled],
                CONVERT(bit, CASE WHEN EXISTS (
                    SELECT 1 FROM sys.server_permissions AS g
                    WHERE g.class = 100 AND g.type = 'VWSS' AND g.state IN ('G', 'W') AND g.grantee_principal_id = l.principal_id
                ) THEN 1 ELSE 0 END) AS mayViewState
            FROM sys.sql_logins AS l
            WHERE l.name = N'##MS_SSISServerCleanupJobLogin##'
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
        )) AS cleanupLogin,
        JSON_QUERY((
            SELECT m.definition, CONVERT(bit, COALESCE(OBJECTPROPERTY(m.object_id, 'ExecIsStartup'), 0)) AS isStartup
            FROM master.sys.sql_modules AS m
            WHERE m.object_id = OBJECT_ID(N'master.dbo.sp_ssis_startup')
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
        )) AS startup
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
