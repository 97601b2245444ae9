-- Backs up the master key of SSISDB to a file that is not there yet: nothing is overwritten.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @file nvarchar(260) = JSON_VALUE(@parameters, '$.file');
DECLARE @password nvarchar(4000) = JSON_VALUE(@parameters, '$.password');
DECLARE @statement nvarchar(max) = N'BACKUP MASTER KEY TO FILE = N''' + REPLACE(@file, N'''', N'''''')
    + N''' ENCRYPTION BY PASSWORD = N''' + REPLACE(@password, N'''', N'''''') + N''';';
EXEC SSISDB.sys.sp_executesql @statement;
SELECT N'{}' AS result;
