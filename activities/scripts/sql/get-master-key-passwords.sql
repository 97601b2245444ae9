-- How many passwords of SSISDB's master key this instance has stored, and how many of them since this copy of
-- SSISDB came here: an older one may belong to an earlier catalog of the same family.
SELECT (
    SELECT
        CONVERT(bit, CASE WHEN DB_ID(N'SSISDB') IS NULL THEN 0 ELSE 1 END) AS catalogIsThere,
        COUNT(k.credential_id) AS stored,
        COALESCE(SUM(CASE WHEN c.create_date >= d.create_date THEN 1 ELSE 0 END), 0) AS storedForThisCopy
    FROM sys.databases AS d
    JOIN sys.database_recovery_status AS r ON r.database_id = d.database_id
    LEFT JOIN sys.master_key_passwords AS k ON k.family_guid = r.family_guid
    LEFT JOIN sys.credentials AS c ON c.credential_id = k.credential_id
    WHERE d.name = N'SSISDB'
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
