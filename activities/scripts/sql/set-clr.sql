-- Turns the common language runtime of this engine on or off, without a restart.
DECLARE @enabled int = CASE JSON_VALUE(@parameters, '$.enabled') WHEN N'true' THEN 1 ELSE 0 END;
EXEC sys.sp_configure N'clr enabled', @enabled;
RECONFIGURE;
SELECT N'{}' AS result;
