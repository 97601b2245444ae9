-- Sets recovery model, automatic closing, updateability and user access of SSISDB where they differ. A member of
-- an availability group is refused by the engine itself.
DECLARE @recovery nvarchar(60), @autoClose bit, @readOnly bit, @userAccess nvarchar(60), @statement nvarchar(max) = N'';
SELECT @recovery = recovery_model_desc, @autoClose = is_auto_close_on, @readOnly = is_read_only, @userAccess = user_access_desc
FROM sys.databases
WHERE name = N'SSISDB';
DECLARE @wantsAutoClose bit = CASE JSON_VALUE(@parameters, '$.autoClose') WHEN N'true' THEN 1 ELSE 0 END;
DECLARE @wantsReadOnly bit = CASE JSON_VALUE(@parameters, '$.readOnly') WHEN N'true' THEN 1 ELSE 0 END;
DECLARE @wantsAccess nvarchar(60) = CASE JSON_VALUE(@parameters, '$.userAccess') WHEN N'SINGLE_USER' THEN N'SINGLE_USER' WHEN N'RESTRICTED_USER' THEN N'RESTRICTED_USER' ELSE N'MULTI_USER' END;
DECLARE @wantsRecovery nvarchar(60) = CASE JSON_VALUE(@parameters, '$.recovery') WHEN N'SIMPLE' THEN N'SIMPLE' WHEN N'BULK_LOGGED' THEN N'BULK_LOGGED' ELSE N'FULL' END;
IF @userAccess <> @wantsAccess
    SET @statement += N'ALTER DATABASE SSISDB SET ' + @wantsAccess + N' WITH NO_WAIT; ';
IF @readOnly <> @wantsReadOnly
    SET @statement += N'ALTER DATABASE SSISDB SET ' + CASE @wantsReadOnly WHEN 1 THEN N'READ_ONLY' ELSE N'READ_WRITE' END + N' WITH NO_WAIT; ';
IF @autoClose <> @wantsAutoClose
    SET @statement += N'ALTER DATABASE SSISDB SET AUTO_CLOSE ' + CASE @wantsAutoClose WHEN 1 THEN N'ON' ELSE N'OFF' END + N'; ';
IF @recovery <> @wantsRecovery
    SET @statement += N'ALTER DATABASE SSISDB SET RECOVERY ' + @wantsRecovery + N';';
IF @statement <> N''
    EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
