-- What the Master has told SSISDB of itself, and where SSISDB says that it is. Its heartbeat is fresh when it is
-- younger than three intervals, and never judged by less than 90 seconds.
DECLARE @properties TABLE (name nvarchar(256), value nvarchar(max));
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 0)
    INSERT @properties
    EXEC SSISDB.sys.sp_executesql N'SELECT property_name, property_value FROM [catalog].[master_properties]';
DECLARE @lastOnline datetimeoffset = TRY_CONVERT(datetimeoffset,
    (SELECT value FROM @properties WHERE name = N'LAST_ONLINE_TIME'));
DECLARE @interval int = TRY_CONVERT(int,
    (SELECT value FROM @properties WHERE name = N'MASTER_HEARTBEAT_INTERVALINMS'));
DECLARE @patience int = CASE WHEN 3 * @interval / 1000 > 90 THEN 3 * @interval / 1000 ELSE 90 END;
SELECT (
    SELECT
        (SELECT value FROM @properties WHERE name = N'MASTER_ADDRESS') AS address,
        NULLIF((SELECT value FROM @properties WHERE name = N'MACHINE_NAME'), N'') AS machine,
        CONVERT(bit, CASE
            WHEN DATEDIFF(second, @lastOnline, SYSDATETIMEOFFSET()) <= @patience THEN 1 ELSE 0
        END) AS isFresh
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
