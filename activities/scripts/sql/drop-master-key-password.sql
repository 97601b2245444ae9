-- Forgets the stored password of SSISDB's master key.
DECLARE @password nvarchar(128) = JSON_VALUE(@parameters, '$.password');
EXEC sys.sp_control_dbmasterkey_password @db_name = N'SSISDB', @password = @password, @action = N'drop';
SELECT N'{}' AS result;
