-- Joins the restored copy of SSISDB to its availability group. Answers false where the copy is too far behind
-- for the log of the primary, and must be restored anew.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
DECLARE @statement nvarchar(max) = N'ALTER DATABASE SSISDB SET HADR AVAILABILITY GROUP = ' + QUOTENAME(@name) + N';';
DECLARE @joined bit = 1;
BEGIN TRY
    IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NULL)
        EXEC sys.sp_executesql @statement;
END TRY
BEGIN CATCH
    IF ERROR_NUMBER() NOT IN (1408, 1412, 1478)
        THROW;
    SET @joined = 0;
END CATCH;
SELECT (SELECT @joined AS joined FOR JSON PATH, WITHOUT_ARRAY_WRAPPER) AS result;
