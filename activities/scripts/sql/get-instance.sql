-- What this instance is and how it is set up.
SELECT (
    SELECT
        CONVERT(nvarchar(128), SERVERPROPERTY('ServerName')) AS serverName,
        CONVERT(nvarchar(128), SERVERPROPERTY('ProductVersion')) AS version,
        CONVERT(nvarchar(128), SERVERPROPERTY('Edition')) AS edition,
        CONVERT(int, SERVERPROPERTY('EngineEdition')) AS engineEdition,
        CONVERT(bit, SERVERPROPERTY('IsHadrEnabled')) AS hadrEnabled,
        CONVERT(int, SERVERPROPERTY('HadrManagerStatus')) AS hadrStatus,
        CONVERT(bit, SERVERPROPERTY('IsIntegratedSecurityOnly')) AS windowsOnly,
        CONVERT(nvarchar(128), SERVERPROPERTY('Collation')) AS collation
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
