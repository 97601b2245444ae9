-- Gives SSISDB an owner: a login by its name, or the one with the identifier of sa, whatever it is called.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @owner sysname = COALESCE(JSON_VALUE(@parameters, '$.owner'), SUSER_SNAME(0x01));
DECLARE @statement nvarchar(max) = N'ALTER AUTHORIZATION ON DATABASE::SSISDB TO ' + QUOTENAME(@owner) + N';';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
