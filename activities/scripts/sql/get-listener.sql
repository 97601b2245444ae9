-- The listener of an availability group with its addresses; null when it has none.
DECLARE @name sysname = JSON_VALUE(@parameters, '$.group');
SELECT (
    SELECT JSON_QUERY((
        SELECT TOP (1)
            l.dns_name AS name,
            l.port,
            JSON_QUERY(COALESCE((
                SELECT a.ip_address AS ip, a.ip_subnet_mask AS mask, a.state_desc AS [state]
                FROM sys.availability_group_listener_ip_addresses AS a
                WHERE a.listener_id = l.listener_id
                ORDER BY a.ip_address
                FOR JSON PATH
            ), N'[]')) AS addresses
        FROM sys.availability_group_listeners AS l
        JOIN sys.availability_groups AS g ON g.group_id = l.group_id
        WHERE g.name = @name
        FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
    )) AS listener
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
