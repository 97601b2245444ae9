-- Creates the availability group with SSISDB in it and this instance as its primary. Seeding is by backup, no
-- secondary can be read.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    THROW 50101, N'SSISDB belongs to an availability group already.', 1;
DECLARE @replicas nvarchar(max) = (
    SELECT STRING_AGG(
        CONVERT(nvarchar(max), N'N''' + REPLACE(r.[server], N'''', N'''''') + N''' WITH (ENDPOINT_URL = N''')
            + REPLACE(r.endpointUrl, N'''', N'''''')
            + N''', AVAILABILITY_MODE = ' + CASE r.availabilityMode WHEN N'SYNCHRONOUS_COMMIT' THEN N'SYNCHRONOUS_COMMIT' ELSE N'ASYNCHRONOUS_COMMIT' END
            + N', FAILOVER_MODE = ' + CASE r.failoverMode WHEN N'AUTOMATIC' THEN N'AUTOMATIC' ELSE N'MANUAL' END
            + N', SEEDING_MODE = MANUAL, SECONDARY_ROLE (ALLOW_CONNECTIONS = NO))',
        N', ')
    FROM OPENJSON(@parameters, '$.replicas') WITH (
        [server] nvarchar(256) '$.server',
        endpointUrl nvarchar(256) '$.endpointUrl',
        availabilityMode nvarchar(60) '$.availabilityMode',
        failoverMode nvarchar(60) '$.failoverMode'
    ) AS r
);
DECLARE @statement nvarchar(max) =
    N'CREATE AVAILABILITY GROUP ' + QUOTENAME(@name)
    + N' WITH (AUTOMATED_BACKUP_PREFERENCE = PRIMARY, DB_FAILOVER = ON, CLUSTER_TYPE = WSFC)'
    + N' FOR DATABASE [SSISDB] REPLICA ON ' + @replicas + N';';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
