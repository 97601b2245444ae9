-- Trusts an assembly no more.
DECLARE @hash varbinary(64) = CONVERT(varbinary(64), JSON_VALUE(@parameters, '$.hash'), 1);
IF EXISTS (SELECT 1 FROM sys.trusted_assemblies WHERE hash = @hash)
    EXEC sys.sp_drop_trusted_assembly @hash;
SELECT N'{}' AS result;
