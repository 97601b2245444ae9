-- Takes a Windows account out of ssis_admin in SSISDB and, where it was made for that, its user too.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
DECLARE @dropUser bit = CASE JSON_VALUE(@parameters, '$.dropUser') WHEN N'true' THEN 1 ELSE 0 END;
IF DB_ID(N'SSISDB') IS NOT NULL
    EXEC SSISDB.sys.sp_executesql
        N'DECLARE @user sysname = (SELECT name FROM sys.database_principals WHERE sid = SUSER_SID(@account));
        DECLARE @statement nvarchar(max);
        IF @user IS NULL RETURN;
        SET @statement = N''ALTER ROLE ssis_admin DROP MEMBER '' + QUOTENAME(@user) + N'';'';
        IF IS_ROLEMEMBER(N''ssis_admin'', @user) = 1 EXEC sys.sp_executesql @statement;
        SET @statement = N''DROP USER '' + QUOTENAME(@user) + N'';'';
        IF @dropUser = 1 EXEC sys.sp_executesql @statement;',
        N'@account sysname, @dropUser bit',
        @account = @account, @dropUser = @dropUser;
SELECT N'{}' AS result;
