-- Backs SSISDB or its log up to a file of its own and verifies it. A copy does not disturb the backups of the
-- site; only the full backup that begins a log chain is none.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @file nvarchar(260) = JSON_VALUE(@parameters, '$.file');
DECLARE @name nvarchar(128) = JSON_VALUE(@parameters, '$.name');
DECLARE @kind nvarchar(20) = JSON_VALUE(@parameters, '$.kind');
IF @kind = N'full'
    BACKUP DATABASE SSISDB TO DISK = @file WITH NAME = @name, CHECKSUM, COMPRESSION;
IF @kind = N'full copy'
    BACKUP DATABASE SSISDB TO DISK = @file WITH NAME = @name, COPY_ONLY, CHECKSUM, COMPRESSION;
IF @kind = N'log copy'
    BACKUP LOG SSISDB TO DISK = @file WITH NAME = @name, COPY_ONLY, CHECKSUM, COMPRESSION;
RESTORE VERIFYONLY FROM DISK = @file WITH CHECKSUM;
SELECT N'{}' AS result;
