-- Takes the copy of SSISDB on this secondary out of its group; it stays behind as it was restored.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
BEGIN
    IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 1
        THROW 50101, N'SSISDB is primary on this instance.', 1;
    EXEC sys.sp_executesql N'ALTER DATABASE SSISDB SET HADR OFF;';
END;
SELECT N'{}' AS result;
