-- Names the owner of this instance's replica (null: sa, whatever it is called).
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @owner sysname = COALESCE(JSON_VALUE(@parameters, '$.owner'), SUSER_SNAME(0x01));
DECLARE @statement nvarchar(max) = N'ALTER AUTHORIZATION ON AVAILABILITY GROUP::' + QUOTENAME(@name) + N' TO ' + QUOTENAME(@owner) + N';';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
