-- Whether a Windows account is a user of SSISDB and a member of ssis_admin there.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
DECLARE @user bit = 0, @member bit = 0;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    EXEC SSISDB.sys.sp_executesql
        N'SELECT
            @user = CASE WHEN COUNT(*) > 0 THEN 1 ELSE 0 END,
            @member = CASE WHEN COUNT(roles.principal_id) > 0 THEN 1 ELSE 0 END
        FROM sys.database_principals AS users
        LEFT JOIN sys.database_role_members AS members ON members.member_principal_id = users.principal_id
        LEFT JOIN sys.database_principals AS roles
            ON roles.principal_id = members.role_principal_id AND roles.name = N''ssis_admin''
        WHERE users.sid = SUSER_SID(@account);',
        N'@account sysname, @user bit OUTPUT, @member bit OUTPUT',
        @account = @account, @user = @user OUTPUT, @member = @member OUTPUT;
SELECT (
    SELECT @user AS [user], @member AS [member] FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
