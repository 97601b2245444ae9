-- Lets the session AlwaysOn_health start with the engine or not, and run now or not.
DECLARE @starts bit = CASE JSON_VALUE(@parameters, '$.startsWithEngine') WHEN N'true' THEN 1 ELSE 0 END;
DECLARE @runs bit = CASE JSON_VALUE(@parameters, '$.runs') WHEN N'true' THEN 1 ELSE 0 END;
DECLARE @running bit = CASE WHEN EXISTS (SELECT 1 FROM sys.dm_xe_sessions WHERE name = N'AlwaysOn_health') THEN 1 ELSE 0 END;
IF @starts = 1 ALTER EVENT SESSION [AlwaysOn_health] ON SERVER WITH (STARTUP_STATE = ON);
IF @starts = 0 ALTER EVENT SESSION [AlwaysOn_health] ON SERVER WITH (STARTUP_STATE = OFF);
IF @runs = 1 AND @running = 0 ALTER EVENT SESSION [AlwaysOn_health] ON SERVER STATE = START;
IF @runs = 0 AND @running = 1 ALTER EVENT SESSION [AlwaysOn_health] ON SERVER STATE = STOP;
SELECT N'{}' AS result;
