-- Options of the running engine that SSISDB needs or that others may lean on.
SELECT (
    SELECT
        CONVERT(bit, (SELECT value_in_use FROM sys.configurations WHERE name = N'clr enabled')) AS clrEnabled,
        CONVERT(int, (SELECT value_in_use FROM sys.configurations WHERE name = N'max server memory (MB)')) AS maxServerMemoryMb,
        JSON_QUERY(COALESCE((
            SELECT N'[' + STRING_AGG(N'"' + STRING_ESCAPE(CONVERT(nvarchar(max), name), 'json') + N'"', N',') WITHIN GROUP (ORDER BY name) + N']'
            FROM sys.databases
            WHERE database_id > 4 AND name <> N'SSISDB'
        ), N'[]')) AS otherDatabases
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
