-- Gives the availability group its listener, at the primary: one address in each subnet.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
IF COALESCE(sys.fn_hadr_is_primary_replica(N'SSISDB'), 0) = 0
    THROW 50101, N'SSISDB is not primary on this instance.', 1;
DECLARE @addresses nvarchar(max) = (
    SELECT STRING_AGG(CONVERT(nvarchar(max), N'(N''' + REPLACE(a.ip, N'''', N'''''') + N''', N''' + REPLACE(a.mask, N'''', N'''''') + N''')'), N', ')
    FROM OPENJSON(@parameters, '$.addresses') WITH (ip nvarchar(48) '$.ip', mask nvarchar(48) '$.mask') AS a
);
DECLARE @statement nvarchar(max) =
    N'ALTER AVAILABILITY GROUP ' + QUOTENAME(@name) + N' ADD LISTENER N''' + REPLACE(JSON_VALUE(@parameters, '$.listener'), N'''', N'''''')
    + N''' (WITH IP (' + @addresses + N'), PORT = ' + CONVERT(nvarchar(10), CONVERT(int, JSON_VALUE(@parameters, '$.port'))) + N');';
EXEC sys.sp_executesql @statement;
SELECT N'{}' AS result;
