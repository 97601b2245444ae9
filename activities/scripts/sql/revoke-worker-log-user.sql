-- Takes the right to write execution logs from a user of SSISDB, and the user itself where it is to go.
DECLARE @user sysname = JSON_VALUE(@parameters, '$.user');
DECLARE @dropsUser bit = CASE WHEN JSON_VALUE(@parameters, '$.dropsUser') = N'true' THEN 1 ELSE 0 END;
IF NOT EXISTS (
    SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0
        AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'DECLARE @change nvarchar(400) = N''ALTER ROLE [ssis_cluster_worker] DROP MEMBER '' + QUOTENAME(@user);
      IF USER_ID(@user) IS NOT NULL
          EXEC (@change);
      SET @change = N''DROP USER '' + QUOTENAME(@user);
      IF @dropsUser = 1 AND USER_ID(@user) IS NOT NULL
          EXEC (@change);',
    N'@user sysname, @dropsUser bit', @user = @user, @dropsUser = @dropsUser;
SELECT N'{}' AS result;
