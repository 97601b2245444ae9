-- Drops the log login of this instance, if it is the one with this SID.
DECLARE @name sysname = N'##MS_SSISLogDBWorkerAgentLogin##';
DECLARE @change nvarchar(300) = N'DROP LOGIN ' + QUOTENAME(@name);
IF EXISTS (
    SELECT 1 FROM sys.sql_logins
    WHERE name = @name AND sid = CONVERT(varbinary(85), JSON_VALUE(@parameters, '$.sid'), 1)
)
    EXEC (@change);
SELECT N'{}' AS result;
