-- Starts or stops the endpoint and names its owner (null: sa, whatever it is called). A change of the owner
-- drops every permission that was granted on the endpoint, so these are granted again.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.name');
DECLARE @state nvarchar(10) = CASE JSON_VALUE(@parameters, '$.started') WHEN N'true' THEN N'STARTED' ELSE N'STOPPED' END;
DECLARE @owner sysname = COALESCE(JSON_VALUE(@parameters, '$.owner'), SUSER_SNAME(0x01));
DECLARE @id int, @owned sysname, @was nvarchar(60);
SELECT @id = e.endpoint_id, @owned = p.name, @was = e.state_desc
FROM sys.database_mirroring_endpoints AS e
JOIN sys.server_principals AS p ON p.principal_id = e.principal_id
WHERE e.name = @name;
DECLARE @statement nvarchar(max);
IF @owned <> @owner
BEGIN
    SELECT @statement =
        N'ALTER AUTHORIZATION ON ENDPOINT::' + QUOTENAME(@name) + N' TO ' + QUOTENAME(@owner) + N';'
        + COALESCE((
            SELECT STRING_AGG(
                CONVERT(nvarchar(max),
                    CASE g.state WHEN 'D' THEN N'DENY ' ELSE N'GRANT ' END + g.permission_name
                    + N' ON ENDPOINT::' + QUOTENAME(@name) + N' TO ' + QUOTENAME(p.name)
                    + CASE g.state WHEN 'W' THEN N' WITH GRANT OPTION' ELSE N'' END + N';'),
                N' ')
            FROM sys.server_permissions AS g
            JOIN sys.server_principals AS p ON p.principal_id = g.grantee_principal_id
            WHERE g.class = 105 AND g.major_id = @id AND p.name NOT IN (@owned, @owner)
        ), N'');
    EXEC sys.sp_executesql @statement;
END;
IF @was <> @state
BEGIN
    SET @statement = N'ALTER ENDPOINT ' + QUOTENAME(@name) + N' STATE = ' + @state + N';';
    EXEC sys.sp_executesql @statement;
END;
SELECT N'{}' AS result;
