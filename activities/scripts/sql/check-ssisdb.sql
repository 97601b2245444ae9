-- Checks SSISDB for damage: an error is reported where there is any.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DBCC CHECKDB (N'SSISDB') WITH NO_INFOMSGS;
SELECT N'{}' AS result;
