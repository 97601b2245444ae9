-- Whether a Windows account has a login of its own on this instance.
DECLARE @account sysname = JSON_VALUE(@parameters, '$.account');
SELECT (
    SELECT CONVERT(bit, CASE WHEN EXISTS (
        SELECT 1 FROM sys.server_principals WHERE sid = SUSER_SID(@account) AND is_disabled = 0
    ) THEN 1 ELSE 0 END) AS [exists]
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
