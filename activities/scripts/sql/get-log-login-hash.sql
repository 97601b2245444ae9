-- The hash of the log login's password, so that it can be put back without anybody knowing the password.
DECLARE @hash varbinary(256) = CONVERT(varbinary(256),
    LOGINPROPERTY(N'##MS_SSISLogDBWorkerAgentLogin##', 'PasswordHash'));
SELECT (
    SELECT CONVERT(nvarchar(600), @hash, 1) AS hash
    FOR JSON PATH, WITHOUT_ARRAY_WRAPPER, INCLUDE_NULL_VALUES
) AS result;
