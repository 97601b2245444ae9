-- Who has a login here and a user in SSISDB: people and proxies, not what the product itself has made.
DECLARE @users nvarchar(max) = N'[]';
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    AND (
        NOT EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
        OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1
    )
    EXEC SSISDB.sys.sp_executesql
        N'SET @users = (
            SELECT l.name AS [login], CONVERT(varchar(172), l.sid, 1) AS sid
            FROM sys.database_principals AS u
            JOIN sys.server_principals AS l ON l.sid = u.sid
            WHERE u.type IN (''S'', ''U'', ''G'') AND u.principal_id > 4
                AND l.name NOT LIKE N''##MS[_]%'' AND l.name NOT LIKE N''NT SERVICE\%''
            ORDER BY l.name
            FOR JSON PATH
        );',
        N'@users nvarchar(max) OUTPUT',
        @users = @users OUTPUT;
SELECT (
    SELECT JSON_QUERY(COALESCE(@users, N'[]')) AS logins FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
