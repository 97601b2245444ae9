-- Turns Scale Out on in SSISDB. The product's procedure breaks the execution log before it can fail, so all
-- that can make it fail is looked at here first, in the session that calls it.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @suffix nvarchar(10) = JSON_VALUE(@parameters, '$.suffix');
DECLARE @enabled nvarchar(256) = N'';
EXEC SSISDB.sys.sp_executesql
    N'SELECT @enabled = CONVERT(nvarchar(256), property_value) FROM catalog.catalog_properties WHERE property_name = N''IS_SCALEOUT_ENABLED'';',
    N'@enabled nvarchar(256) OUTPUT',
    @enabled = @enabled OUTPUT;
IF UPPER(@enabled) = N'TRUE'
    THROW 50104, N'Scale Out is on already: a second call would change the log login.', 1;
IF COALESCE(IS_SRVROLEMEMBER(N'sysadmin'), 0) = 0
    THROW 50105, N'The account is no member of sysadmin.', 1;
DECLARE @key nvarchar(200) = N'SOFTWARE\Microsoft\Microsoft SQL Server\' + @suffix + N'\DTS\Setup\SQL_IS_Master';
DECLARE @version nvarchar(128);
EXEC master.sys.xp_regread N'HKEY_LOCAL_MACHINE', @key, N'Version', @version OUTPUT, N'no_output';
IF @version IS NULL
    THROW 50106, N'There is no Scale Out Master beside this engine.', 1;
IF @@SERVERNAME <> CONVERT(nvarchar(128), SERVERPROPERTY('ServerName'))
    THROW 50107, N'@@SERVERNAME is not the name of this server.', 1;
IF EXISTS (SELECT 1 FROM sys.dm_exec_sessions WHERE login_name = N'##MS_SSISLogDBWorkerAgentLogin##')
    THROW 50108, N'The log login has open sessions.', 1;
EXEC SSISDB.sys.sp_executesql N'EXEC catalog.enable_scaleout;';
SELECT N'{}' AS result;
