-- Which of some identifiers no login of this instance has.
SELECT (
    SELECT JSON_QUERY(COALESCE((
        SELECT N'[' + STRING_AGG(CONVERT(nvarchar(max), N'"' + STRING_ESCAPE(s.value, 'json') + N'"'), N',') WITHIN GROUP (ORDER BY s.value) + N']'
        FROM OPENJSON(@parameters, '$.sids') AS s
        WHERE NOT EXISTS (SELECT 1 FROM sys.server_principals AS p WHERE p.sid = CONVERT(varbinary(85), s.value, 1))
    ), N'[]')) AS missing
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
