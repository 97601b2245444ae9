-- Sets one property of the catalog.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
    AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @name nvarchar(255) = JSON_VALUE(@parameters, '$.name');
DECLARE @value nvarchar(255) = JSON_VALUE(@parameters, '$.value');
EXEC SSISDB.sys.sp_executesql
    N'EXEC catalog.configure_catalog @property_name = @name, @property_value = @value;',
    N'@name nvarchar(255), @value nvarchar(255)',
    @name = @name, @value = @value;
SELECT N'{}' AS result;
