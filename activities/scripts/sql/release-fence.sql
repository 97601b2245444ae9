-- Gives the instance's fence back.
IF APPLOCK_MODE(N'public', N'ssis-ha', N'Session') <> N'NoLock'
    EXEC sys.sp_releaseapplock @Resource = N'ssis-ha', @LockOwner = N'Session';
SELECT N'{}' AS result;
