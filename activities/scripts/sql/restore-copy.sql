-- Restores a copy of SSISDB that waits for more (NORECOVERY): the full backup first, then logs. What is there is
-- never overwritten. The restore runs as sa, who so becomes the owner, and no person does.
DECLARE @file nvarchar(260) = JSON_VALUE(@parameters, '$.file');
DECLARE @position int = CONVERT(int, JSON_VALUE(@parameters, '$.position'));
DECLARE @sa sysname = SUSER_SNAME(0x01);
IF JSON_VALUE(@parameters, '$.kind') = N'full'
BEGIN
    IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB')
        THROW 50102, N'There is a database SSISDB on this instance.', 1;
    EXEC sys.sp_executesql
        N'EXECUTE AS LOGIN = @sa; RESTORE DATABASE SSISDB FROM DISK = @file WITH FILE = @position, NORECOVERY, CHECKSUM;',
        N'@sa sysname, @file nvarchar(260), @position int', @sa = @sa, @file = @file, @position = @position;
END
ELSE
    RESTORE LOG SSISDB FROM DISK = @file WITH FILE = @position, NORECOVERY;
SELECT N'{}' AS result;
