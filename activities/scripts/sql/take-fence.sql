-- Takes the instance's fence for as long as this session lives or until it is released.
DECLARE @taken int;
EXEC @taken = sys.sp_getapplock
    @Resource = N'ssis-ha', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
SELECT (
    SELECT CONVERT(bit, CASE WHEN @taken >= 0 THEN 1 ELSE 0 END) AS taken
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER
) AS result;
