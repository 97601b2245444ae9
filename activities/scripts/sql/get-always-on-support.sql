-- What SSISDB itself needs for failing over: the registered replicas and the rights of the failover monitor; null
-- where SSISDB cannot be read here.
DECLARE @support nvarchar(max) = NULL;
IF sys.fn_hadr_is_primary_replica(N'SSISDB') = 1
    EXEC SSISDB.sys.sp_executesql
        N'SET @support = (
            SELECT
                CONVERT(bit, CASE WHEN USER_ID(N''##MS_SSISServerCleanupJobUser##'') IS NULL THEN 0 ELSE 1 END) AS hasUser,
                CONVERT(bit, COALESCE(IS_ROLEMEMBER(N''ssis_failover_monitoring_agent'', N''##MS_SSISServerCleanupJobUser##''), 0)) AS isMember,
                JSON_QUERY(COALESCE((
                    SELECT N''['' + STRING_AGG(N''"'' + wanted.name + N''"'', N'','') WITHIN GROUP (ORDER BY wanted.name) + N'']''
                    FROM (VALUES (N''refresh_replica_status''), (N''update_replica_info'')) AS wanted (name)
                    WHERE NOT EXISTS (
                        SELECT 1 FROM sys.database_permissions AS p
                        WHERE p.class = 1 AND p.major_id = OBJECT_ID(N''internal.'' + wanted.name) AND p.type = ''EX''
                            AND p.state IN (''G'', ''W'') AND p.grantee_principal_id = DATABASE_PRINCIPAL_ID(N''ssis_failover_monitoring_agent'')
                    )
                ), N''[]'')) AS missingGrants,
                JSON_QUERY(COALESCE((
                    SELECT server_name AS [server], CONVERT(int, state) AS [state]
                    FROM internal.alwayson_support_state
                    ORDER BY server_name
                    FOR JSON PATH
                ), N''[]'')) AS replicas
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
        );',
        N'@support nvarchar(max) OUTPUT',
        @support = @support OUTPUT;
SELECT (
    SELECT CONVERT(nvarchar(128), @@SERVERNAME) AS serverName, JSON_QUERY(@support) AS support
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
