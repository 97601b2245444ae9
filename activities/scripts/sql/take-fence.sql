-- Stands before the first statement of a change: takes the instance's fence for as long as this session lives or
-- until it is released. Held by another session, nothing is begun.
DECLARE @ssisHaFence int;
EXEC @ssisHaFence = sys.sp_getapplock
    @Resource = N'ssis-ha', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
IF @ssisHaFence < 0
    THROW 50102, N'Another change is still under way on this instance.', 1;
