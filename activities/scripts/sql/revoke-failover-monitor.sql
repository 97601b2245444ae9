-- Takes back what the user of the SSIS jobs was given for watching failovers, at the primary.
IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
IF JSON_VALUE(@parameters, '$.member') = N'true'
    EXEC SSISDB.sys.sp_executesql N'ALTER ROLE ssis_failover_monitoring_agent DROP MEMBER [##MS_SSISServerCleanupJobUser##];';
DECLARE @statement nvarchar(max) = (
    SELECT STRING_AGG(N'REVOKE EXECUTE ON internal.' + known.name + N' FROM ssis_failover_monitoring_agent;', N' ')
    FROM (VALUES (N'refresh_replica_status'), (N'update_replica_info')) AS known (name)
    JOIN OPENJSON(@parameters, '$.grants') AS given ON given.value = known.name COLLATE DATABASE_DEFAULT
);
IF @statement IS NOT NULL
    EXEC SSISDB.sys.sp_executesql @statement;
SELECT N'{}' AS result;
