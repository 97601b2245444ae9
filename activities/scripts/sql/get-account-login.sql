-- Whether a Windows account has a login of its own on this instance, and whether that is switched off.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
SELECT (
    SELECT
        CONVERT(bit, CASE WHEN EXISTS (
            SELECT 1 FROM sys.server_principals WHERE sid = SUSER_SID(@account)
        ) THEN 1 ELSE 0 END) AS [exists],
        CONVERT(bit, CASE WHEN EXISTS (
            SELECT 1 FROM sys.server_principals WHERE sid = SUSER_SID(@account) AND is_disabled = 1
        ) THEN 1 ELSE 0 END) AS isDisabled
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
