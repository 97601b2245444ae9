# Whether folders, on this machine or on a share, are there and let their content be seen.
param($parameters)
$found = @(@($parameters.paths) | ForEach-Object {
    $state = 'open'
    try {
        [void]@([IO.Directory]::GetFileSystemEntries($_))
    } catch [UnauthorizedAccessException] {
        $state = 'closed'
    } catch [IO.IOException] {
        $state = 'missing'
    }
    [pscustomobject]@{ path = $_; state = $state }
})
[pscustomobject]@{ shares = $found }
