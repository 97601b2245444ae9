-- Makes a Windows account a user of SSISDB and a member of ssis_admin there.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @user sysname = (SELECT name FROM sys.database_principals WHERE sid = SUSER_SID(@account));
    DECLARE @statement nvarchar(max) = N''CREATE USER '' + QUOTENAME(@account) + N'' FOR LOGIN '' + QUOTENAME(@account) + N'';'';
    IF @user IS NULL EXEC sys.sp_executesql @statement;
    SET @statement = N''ALTER ROLE ssis_admin ADD MEMBER '' + QUOTENAME(COALESCE(@user, @account)) + N'';'';
    EXEC sys.sp_executesql @statement;',
    N'@account sysname',
    @account = @account;
SELECT N'{}' AS result;
