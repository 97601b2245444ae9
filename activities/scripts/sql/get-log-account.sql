-- Whom SSISDB lets write execution logs, by the SID of its log user; where it says that logs go; and how many
-- workers are registered. Nulls and 0 where there is no SSISDB on this instance.
DECLARE @sid varbinary(85), @server nvarchar(max), @workers int = 0;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @sid = sid FROM sys.database_principals WHERE name = N''##MS_SSISLogDBWorkerAgentUser##'';
          SELECT @server = property_value FROM [catalog].[master_properties]
              WHERE property_name = N''CLUSTER_LOGDB_SERVER'';
          SELECT @workers = COUNT(*) FROM [catalog].[worker_agents];',
        N'@sid varbinary(85) OUTPUT, @server nvarchar(max) OUTPUT, @workers int OUTPUT',
        @sid = @sid OUTPUT, @server = @server OUTPUT, @workers = @workers OUTPUT;
SELECT (
    SELECT CONVERT(nvarchar(200), @sid, 1) AS userSid, @server AS server, @workers AS workers
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
