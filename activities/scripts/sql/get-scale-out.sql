-- Whether Scale Out is on in SSISDB, and what would make the turning-on fail halfway.
DECLARE @suffix nvarchar(10) = JSON_VALUE(@parameters, '$.suffix');
DECLARE @enabled nvarchar(256) = N'';
DECLARE @isThere bit = CASE WHEN EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0) THEN 1 ELSE 0 END;
IF @isThere = 1
    EXEC SSISDB.sys.sp_executesql
        N'SELECT @enabled = CONVERT(nvarchar(256), property_value) FROM catalog.catalog_properties WHERE property_name = N''IS_SCALEOUT_ENABLED'';',
        N'@enabled nvarchar(256) OUTPUT',
        @enabled = @enabled OUTPUT;
DECLARE @key nvarchar(200) = N'SOFTWARE\Microsoft\Microsoft SQL Server\' + @suffix + N'\DTS\Setup\SQL_IS_Master';
DECLARE @version nvarchar(128);
EXEC master.sys.xp_regread N'HKEY_LOCAL_MACHINE', @key, N'Version', @version OUTPUT, N'no_output';
SELECT (
    SELECT
        @isThere AS catalogIsThere,
        CONVERT(bit, CASE WHEN UPPER(@enabled) = N'TRUE' THEN 1 ELSE 0 END) AS enabled,
        CONVERT(bit, COALESCE(IS_SRVROLEMEMBER(N'sysadmin'), 0)) AS isSysadmin,
        @version AS masterVersion,
        CONVERT(nvarchar(128), @@SERVERNAME) AS serverName,
        CONVERT(nvarchar(128), SERVERPROPERTY('ServerName')) AS machine,
        (
            SELECT COUNT(*) FROM sys.dm_exec_sessions
            WHERE login_name = N'##MS_SSISLogDBWorkerAgentLogin##'
        ) AS logSessions
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
