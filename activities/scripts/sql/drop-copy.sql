-- Drops a copy of SSISDB that was restored from the backups of a name and is in no group. Any other SSISDB is
-- refused: one that is online, one of a group, one that somebody else has restored.
DECLARE @from nvarchar(128) = (
    SELECT TOP (1) b.name
    FROM msdb.dbo.restorehistory AS h
    JOIN msdb.dbo.backupset AS b ON b.backup_set_id = h.backup_set_id
    WHERE h.destination_database_name = N'SSISDB' AND h.restore_type = 'D'
    ORDER BY h.restore_history_id DESC
);
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB')
BEGIN
    IF NOT EXISTS (SELECT 1 FROM sys.databases WHERE name = N'SSISDB' AND state = 1 AND replica_id IS NULL)
        THROW 50102, N'SSISDB is not a copy that waits for its restore.', 1;
    IF COALESCE(@from, N'') <> JSON_VALUE(@parameters, '$.name')
        THROW 50103, N'This copy of SSISDB was restored by somebody else.', 1;
    EXEC sys.sp_executesql N'DROP DATABASE SSISDB;';
END;
SELECT N'{}' AS result;
