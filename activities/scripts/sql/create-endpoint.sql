-- Creates the endpoint through which availability replicas talk: Windows authentication, AES, owned by sa.
DECLARE @port int = CONVERT(int, JSON_VALUE(@parameters, '$.port'));
DECLARE @statement nvarchar(max) =
    N'CREATE ENDPOINT [Hadr_endpoint] AUTHORIZATION ' + QUOTENAME(SUSER_SNAME(0x01)) + N' STATE = STARTED '
    + N'AS TCP (LISTENER_PORT = ' + CONVERT(nvarchar(10), @port) + N', LISTENER_IP = ALL) '
    + N'FOR DATABASE_MIRRORING (ROLE = ALL, AUTHENTICATION = WINDOWS NEGOTIATE, ENCRYPTION = REQUIRED ALGORITHM AES);';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
