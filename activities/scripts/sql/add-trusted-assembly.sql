-- Lets an assembly run on this instance, known by its hash.
DECLARE @hash varbinary(64) = CONVERT(varbinary(64), JSON_VALUE(@parameters, '$.hash'), 1);
DECLARE @description nvarchar(4000) = JSON_VALUE(@parameters, '$.description');
IF NOT EXISTS (SELECT 1 FROM sys.trusted_assemblies WHERE hash = @hash)
    EXEC sys.sp_add_trusted_assembly @hash, @description;
SELECT N'{}' AS result;
