-- Sets the most memory that this engine takes. The option is an advanced one, and is hidden again if it was.
DECLARE @megabytes int = CONVERT(int, JSON_VALUE(@parameters, '$.megabytes'));
DECLARE @shown int = CONVERT(int, (SELECT value FROM sys.configurations WHERE name = N'show advanced options'));
EXEC sys.sp_configure N'show advanced options', 1;
RECONFIGURE;
EXEC sys.sp_configure N'max server memory (MB)', @megabytes;
RECONFIGURE;
EXEC sys.sp_configure N'show advanced options', @shown;
RECONFIGURE;
SELECT N'{}' AS result;
