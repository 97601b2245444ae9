-- Stands before every further statement of a change: a session that does not hold the fence is another one than
-- that which looked, and changes nothing.
IF APPLOCK_MODE(N'public', N'ssis-ha', N'Session') <> N'Exclusive'
    THROW 50100, N'The session does not hold the fence.', 1;
