-- Whether a password opens the master key of SSISDB here; null where SSISDB cannot be opened. Nothing is changed:
-- the key is closed again.
DECLARE @proven bit = NULL;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    AND (
        NOT EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
        OR sys.fn_hadr_is_primary_replica(N'SSISDB') = 1
    )
BEGIN
    DECLARE @statement nvarchar(max) =
        N'OPEN MASTER KEY DECRYPTION BY PASSWORD = N''' + REPLACE(JSON_VALUE(@parameters, '$.password'), N'''', N'''''') + N'''; CLOSE MASTER KEY;';
    BEGIN TRY
        EXEC SSISDB.sys.sp_executesql @statement;
        SET @proven = 1;
    END TRY
    BEGIN CATCH
        IF ERROR_NUMBER() <> 15313
            THROW;
        SET @proven = 0;
    END CATCH;
END;
SELECT (SELECT @proven AS proven FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES) AS result;
