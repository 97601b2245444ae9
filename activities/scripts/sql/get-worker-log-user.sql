-- Whether SSISDB knows the workers' account, under which name, and whether it may write execution logs.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account'), @user sysname, @isMember bit = 0;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @user = name FROM sys.database_principals WHERE sid = SUSER_SID(@account);
          SET @isMember = CASE WHEN EXISTS (
              SELECT 1 FROM sys.database_role_members AS m
              JOIN sys.database_principals AS r ON r.principal_id = m.role_principal_id
              JOIN sys.database_principals AS u ON u.principal_id = m.member_principal_id
              WHERE r.name = N''ssis_cluster_worker'' AND u.name = @user
          ) THEN 1 ELSE 0 END;',
        N'@account sysname, @user sysname OUTPUT, @isMember bit OUTPUT',
        @account = @account, @user = @user OUTPUT, @isMember = @isMember OUTPUT;
SELECT (
    SELECT @user AS [user], @isMember AS isMember
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
