-- Tells SSISDB where the Master is. The product's procedure updates a row and says nothing where there is none,
-- so it is looked for first.
DECLARE @address nvarchar(256) = JSON_VALUE(@parameters, '$.address');
DECLARE @rows int = 0;
IF NOT EXISTS (
    SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0
        AND (replica_id IS NULL OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1)
)
    THROW 50101, N'This instance is not the primary of SSISDB.', 1;
EXEC SSISDB.sys.sp_executesql
    N'SELECT @rows = COUNT(*) FROM [internal].[master_properties] WHERE property_name = N''MASTER_ADDRESS'';',
    N'@rows int OUTPUT', @rows = @rows OUTPUT;
IF @rows = 0
    THROW 50103, N'SSISDB has no row for the address of the Master: Scale Out was never enabled.', 1;
EXEC SSISDB.[catalog].[update_master_address] @MasterAddress = @address;
SELECT N'{}' AS result;
