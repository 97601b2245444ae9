-- The login that workers write execution logs with, as it is on this instance. The password is compared with
-- its hash, which is no attempt to sign in.
DECLARE @password nvarchar(128) = JSON_VALUE(@parameters, '$.password');
DECLARE @login nvarchar(max) = (
    SELECT
        CONVERT(nvarchar(200), sid, 1) AS sid,
        CONVERT(bit, CASE WHEN PWDCOMPARE(@password, password_hash) = 1 THEN 1 ELSE 0 END) AS passwordMatches,
        is_disabled AS isDisabled,
        CONVERT(bit, is_policy_checked) AS checksPolicy
    FROM sys.sql_logins
    WHERE name = N'##MS_SSISLogDBWorkerAgentLogin##'
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
);
SELECT (
    SELECT
        CONVERT(bit, SERVERPROPERTY('IsIntegratedSecurityOnly')) AS windowsOnly,
        JSON_QUERY(@login) AS login
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
