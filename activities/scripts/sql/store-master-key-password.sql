-- Stores the password of SSISDB's master key, so that the key opens by itself when this replica becomes primary.
-- The engine refuses a password that it has stored already; only that very password can then be dropped, and it
-- is stored anew, so that it counts as stored for this copy. The procedure's parameters appear in no trace.
DECLARE @password nvarchar(128) = JSON_VALUE(@parameters, '$.password');
BEGIN TRY
    EXEC sys.sp_control_dbmasterkey_password @db_name = N'SSISDB', @password = @password, @action = N'add';
END TRY
BEGIN CATCH
    EXEC sys.sp_control_dbmasterkey_password @db_name = N'SSISDB', @password = @password, @action = N'drop';
    EXEC sys.sp_control_dbmasterkey_password @db_name = N'SSISDB', @password = @password, @action = N'add';
END CATCH;
SELECT N'{}' AS result;
