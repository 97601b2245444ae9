-- Stands before every statement that changes something: without the fence nothing is changed.
IF APPLOCK_MODE(N'public', N'ssis-ha', N'Session') <> N'Exclusive'
    THROW 50100, N'The session does not hold the fence.', 1;
