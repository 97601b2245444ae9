-- Lets the user of the SSIS jobs see and record which replica is primary, at the primary.
IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
EXEC SSISDB.sys.sp_executesql N'
    ALTER ROLE ssis_failover_monitoring_agent ADD MEMBER [##MS_SSISServerCleanupJobUser##];
    GRANT EXECUTE ON internal.refresh_replica_status TO ssis_failover_monitoring_agent;
    GRANT EXECUTE ON internal.update_replica_info TO ssis_failover_monitoring_agent;';
SELECT N'{}' AS result;
