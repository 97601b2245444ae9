-- Where SSISDB says that execution logs go, and whether the stored connection string is the expected one: it is
-- compared here, letter by letter, and never leaves the server.
DECLARE @expected nvarchar(max) = JSON_VALUE(@parameters, '$.expected');
DECLARE @rows int = 0, @server nvarchar(max), @matches bit = 0;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    EXEC SSISDB.sys.sp_executesql
        N'DECLARE @stored nvarchar(max);
          SELECT @rows = COUNT(*) FROM [internal].[master_properties]
              WHERE property_name IN (N''CLUSTER_LOGDB_SERVER'', N''CLUSTER_LOGDB_CONNECTIONSTRING'');
          SELECT @server = property_value FROM [catalog].[master_properties]
              WHERE property_name = N''CLUSTER_LOGDB_SERVER'';
          IF EXISTS (SELECT 1 FROM [internal].[master_properties]
              WHERE property_name = N''CLUSTER_LOGDB_CONNECTIONSTRING'' AND property_value <> N'''')
              EXEC [internal].[get_log_dbconnection] @stored OUTPUT;
          SET @matches = CASE WHEN @stored COLLATE Latin1_General_BIN2 = @expected THEN 1 ELSE 0 END;',
        N'@expected nvarchar(max), @rows int OUTPUT, @server nvarchar(max) OUTPUT, @matches bit OUTPUT',
        @expected = @expected, @rows = @rows OUTPUT, @server = @server OUTPUT, @matches = @matches OUTPUT;
SELECT (
    SELECT @rows AS rows, @server AS server, @matches AS matches
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
