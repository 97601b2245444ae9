-- What SSISDB is set to: owner, properties, number of projects, identity of its master key. Null where it is
-- not on this instance, or cannot be read here.
DECLARE @catalog nvarchar(max) = NULL;
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    AND NOT (
        EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND replica_id IS NOT NULL)
        AND COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    )
    EXEC SSISDB.sys.sp_executesql
        N'SET @catalog = (
            SELECT
                (SELECT SUSER_SNAME(owner_sid) FROM sys.databases WHERE name = N''SSISDB'') AS owner,
                CONVERT(bit, CASE WHEN (SELECT owner_sid FROM sys.databases WHERE name = N''SSISDB'') = 0x01 THEN 1 ELSE 0 END) AS ownedBySa,
                CONVERT(nvarchar(36), (SELECT key_guid FROM sys.symmetric_keys WHERE name = N''##MS_DatabaseMasterKey##'')) AS masterKeyId,
                (SELECT COUNT(*) FROM internal.projects) AS projects,
                JSON_QUERY(COALESCE((
                    SELECT property_name AS name, CONVERT(nvarchar(256), property_value) AS value
                    FROM catalog.catalog_properties
                    ORDER BY property_name
                    FOR JSON PATH, INCLUDE_NULL_VALUES
                ), N''[]'')) AS properties
            FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
        );',
        N'@catalog nvarchar(max) OUTPUT',
        @catalog = @catalog OUTPUT;
SELECT (
    SELECT JSON_QUERY(@catalog) AS catalog FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
