-- As whom this session is signed in, how, and whether it may administer the instance.
SELECT (
    SELECT
        SUSER_SNAME() AS login,
        (SELECT TOP (1) auth_scheme FROM sys.dm_exec_connections WHERE session_id = @@SPID ORDER BY connect_time) AS authScheme,
        CONVERT(bit, ISNULL(IS_SRVROLEMEMBER(N'sysadmin'), 0)) AS isSysadmin
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
