-- Lets the workers' account write execution logs in SSISDB; the replicas take it over.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
IF NOT EXISTS (
    SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0
        AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @user sysname = (SELECT name FROM sys.database_principals WHERE sid = SUSER_SID(@account));
      DECLARE @change nvarchar(800) = N''CREATE USER '' + QUOTENAME(@account) + N'' FOR LOGIN '' + QUOTENAME(@account);
      IF @user IS NULL
          EXEC (@change);
      SET @change = N''ALTER ROLE [ssis_cluster_worker] ADD MEMBER '' + QUOTENAME(ISNULL(@user, @account));
      EXEC (@change);',
    N'@account sysname', @account = @account;
SELECT N'{}' AS result;
