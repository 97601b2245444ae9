# What the files of this folder share: asking, looking, waiting. Each file reads it; it changes nothing by itself.
# Windows PowerShell 5.1 and PowerShell 7.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# What was seen, by the name of the look.
$seen = @{}
# Secrets and values are asked for once in a session, and kept in it alone.
if ($null -eq $global:ssisHaByHand) { $global:ssisHaByHand = @{} }

# Says what is done, and refuses to do it anywhere else.
function Start-Step([string] $Title, [string] $ComputerName) {
    Write-Host "== $Title, on $ComputerName"
    if ($env:COMPUTERNAME -ne $ComputerName) {
        throw "This file is for $ComputerName, and this is $($env:COMPUTERNAME): run it there."
    }
}

# Nothing but a typed yes goes on.
function Confirm-ByHand([string] $Question) {
    if ((Read-Host "$Question (yes to go on)") -ne 'yes') { throw 'Not agreed to: it ends here.' }
}

# The clear text of a secret, asked for without an echo.
function Get-Secret([string] $Name) {
    if ($null -eq $global:ssisHaByHand[$Name]) {
        $global:ssisHaByHand[$Name] = Read-Host "Secret $Name" -AsSecureString
    }
    (New-Object Net.NetworkCredential -ArgumentList '', $global:ssisHaByHand[$Name]).Password
}

# A value that nobody could know when this file was written.
function Get-Value([string] $Name, [string] $What) {
    if ($null -eq $global:ssisHaByHand[$Name]) { $global:ssisHaByHand[$Name] = Read-Host "$What ($Name)" }
    $global:ssisHaByHand[$Name]
}

# A value of a connection string: in quotation marks where it would not stand for itself.
function Format-ConnectionValue([string] $Value) {
    if (($Value -ne '') -and ($Value -notmatch '[;''"]|^[\s={]|\s$')) { return $Value }
    '"' + $Value.Replace('"', '""') + '"'
}

# Runs a PowerShell script of the catalogue; its parameters are one object.
function Invoke-Script([scriptblock] $Script, $Given) {
    if ($null -eq $Given) { $Given = [pscustomobject]@{} }
    & $Script $Given | Select-Object -Last 1
}

# Runs a statement of the catalogue as the account of this window; its parameters are one JSON document.
function Invoke-Statement([string] $Statement, [string] $Server, [int] $Port, [bool] $Verify, $Given) {
    $values = '{}'
    if ($null -ne $Given) { $values = ConvertTo-Json -InputObject $Given -Depth 20 -Compress }
    $connection = New-Object Data.SqlClient.SqlConnection
    $builder = New-Object Data.SqlClient.SqlConnectionStringBuilder
    $builder['Data Source'] = "tcp:$Server,$Port"
    $builder['Initial Catalog'] = 'master'
    $builder['Integrated Security'] = $true
    $builder['Encrypt'] = $true
    $builder['TrustServerCertificate'] = -not $Verify
    $builder['Application Name'] = 'ssis-ha by hand'
    $builder['Pooling'] = $false
    $connection.ConnectionString = $builder.ConnectionString
    $connection.Open()
    try {
        $command = $connection.CreateCommand()
        $command.CommandText = $Statement
        $command.CommandTimeout = 0
        $command.Parameters.Add('@parameters', [Data.SqlDbType]::NVarChar, -1).Value = $values
        $reader = $command.ExecuteReader()
        $result = $null
        # To the last result: an error behind the first one would not be seen otherwise.
        do {
            while ($reader.Read()) {
                if (($null -eq $result) -and -not $reader.IsDBNull(0)) { $result = [string]$reader.GetValue(0) }
            }
        } while ($reader.NextResult())
        $reader.Dispose()
    } finally {
        $connection.Dispose()
    }
    if ($null -ne $result) { ConvertFrom-Json -InputObject $result }
}

# Sees that SSISDB can be written to where this file writes: at its primary, or on the first server while it is in no
# group.
function Find-Catalog([string] $Statement, [string[]] $Servers, [int] $Port, [bool] $Verify, [string] $Expected, [string] $Group) {
    $primary = $null
    $isInGroup = $false
    foreach ($server in $Servers) {
        try {
            $state = Invoke-Statement -Statement $Statement -Server $server -Port $Port -Verify $Verify
            if ($state.isPrimary) { $primary = $server }
            if ($state.inGroup -or (($null -eq $state.inGroup) -and ($state.isPrimary -eq $false))) { $isInGroup = $true }
        } catch {
            Write-Host "$server does not answer: $($_.Exception.Message)"
        }
    }
    if (($null -eq $primary) -and $isInGroup) {
        throw 'No replica of SSISDB is primary: bring the availability group online, then run this file again.'
    }
    if (($null -ne $primary) -and ($primary -ne $Expected)) {
        $name = $Group.Replace(']', ']]')
        throw "SSISDB is primary on $primary, and this file writes to ${Expected}. Once no package runs, run this on ${Expected}, and then this file again: ALTER AVAILABILITY GROUP [$name] FAILOVER"
    }
}

# The one item of a list that is meant; where that is not plain, a person says which.
function Get-One($Items, [string] $Where, [string] $Is) {
    $found = @($Items | Where-Object { $null -ne $_ })
    if ($Where) { $found = @($Items | Where-Object { "$($_.$Where)" -eq $Is }) }
    if ($found.Count -eq 1) { return $found[0] }
    if ($found.Count -eq 0) { throw 'What this file needs was not found by its looks: see what it has printed.' }
    for ($at = 0; $at -lt $found.Count; $at += 1) {
        Write-Host "[$at] $(ConvertTo-Json -InputObject $found[$at] -Depth 5 -Compress)"
    }
    $found[[int](Read-Host 'Several fit: type the number of the one that is meant')]
}

# What keeps something that was seen from being what is wanted, one line each.
function Get-Difference($Actual, $Wanted, [string] $Path) {
    if ($null -eq $Wanted) {
        if ($null -ne $Actual) { "$Path is $(Format-Seen $Actual), not nothing" }
        return
    }
    if ($Wanted -is [array]) {
        $there = @($Actual | Where-Object { $null -ne $_ })
        if (($Wanted.Count -eq 0) -and ($there.Count -gt 0)) { "$Path is $(Format-Seen $there), not empty" }
        foreach ($one in $Wanted) {
            $fits = @($there | Where-Object { @(Get-Difference $_ $one $Path).Count -eq 0 })
            if ($fits.Count -eq 0) { "$Path lacks $(Format-Seen $one)" }
        }
        return
    }
    if ($Wanted -is [Management.Automation.PSCustomObject]) {
        $names = @($Wanted.PSObject.Properties | ForEach-Object { $_.Name })
        if ($names -contains '(any)') {
            if (($null -eq $Actual) -or ('' -eq "$Actual")) { "$Path is not there" }
        } elseif ($names -contains '(at least)') {
            if (($null -eq $Actual) -or ($Actual -lt $Wanted.'(at least)')) {
                "$Path is $(Format-Seen $Actual), not at least $($Wanted.'(at least)')"
            }
        } elseif ($names -contains '(at most)') {
            if (($null -eq $Actual) -or ($Actual -gt $Wanted.'(at most)')) {
                "$Path is $(Format-Seen $Actual), not at most $($Wanted.'(at most)')"
            }
        } elseif ($null -eq $Actual) {
            "$Path is not there"
        } else {
            foreach ($name in $names) {
                Get-Difference ($Actual.$name) ($Wanted.$name) ("$Path.$name".TrimStart('.'))
            }
        }
        return
    }
    if (($null -eq $Actual) -or ($Actual -ne $Wanted)) { "$Path is $(Format-Seen $Actual), not $(Format-Seen $Wanted)" }
}

function Format-Seen($Value) {
    if ($null -eq $Value) { return 'nothing' }
    ConvertTo-Json -InputObject $Value -Depth 5 -Compress
}

# What another look shows is wanted here too; until it shows something, that there is something.
function Get-Wanted([scriptblock] $From) {
    $value = $null
    try { $value = & $From } catch { Write-Host "Not to be seen yet: $($_.Exception.Message)" }
    if (($null -eq $value) -or ('' -eq "$value")) { return [pscustomobject]@{ '(any)' = $true } }
    $value
}

# What is missing of what is wanted; where that cannot even be told yet, why.
function Get-Missing([scriptblock] $Wanted) {
    try { $want = & $Wanted } catch {
        return "What is wanted cannot be told yet: $($_.Exception.Message)"
    }
    Get-Difference $seen $want ''
}

# Whether something of what was seen is not as wanted, or not there at all: what is there needs no change.
function Test-Missing([string[]] $Of, [string[]] $Gone) {
    foreach ($line in $missing) {
        $path = "$line".Split(' ')[0]
        if ($path -eq 'What') { return $true }
        foreach ($part in $Of) {
            if (($path -eq $part) -or $path.StartsWith("$part.") -or $part.StartsWith("$path.")) { return $true }
        }
        foreach ($part in $Gone) {
            if (("$line" -eq "$path is not there") -and (($path -eq $part) -or $part.StartsWith("$path."))) { return $true }
        }
    }
    $false
}

# A look at what the change itself brings about: before that there may be nothing to see.
function Invoke-Late([scriptblock] $Look) {
    try { & $Look } catch { Write-Host "Not to be seen yet: $($_.Exception.Message)" }
}

function Show-Seen($What) {
    Write-Host (Format-Seen $What)
}

# Looks until what is wanted is so; when patience ends, a person may go on all the same.
function Wait-Until([string] $What, [scriptblock] $Look, [scriptblock] $Wanted, [int] $Minutes) {
    $end = (Get-Date).AddMinutes($Minutes)
    for (;;) {
        & $Look
        $missing = @(Get-Missing $Wanted)
        if ($missing.Count -eq 0) { return }
        Write-Host "Waiting until ${What}: $($missing -join '; ')"
        if ((Get-Date) -ge $end) {
            Confirm-ByHand "After $Minutes minutes it is not so that ${What}. Go on all the same?"
            return
        }
        Start-Sleep -Seconds 10
    }
}

# Setup has ended well with 0, or with a code whose low word is 3010: then a restart is involved.
function Assert-Setup($Ended) {
    $code = [int]$Ended.exitCode
    if (($code -ne 0) -and (($code -band 0xffff) -ne 3010)) {
        throw "Setup ended with ${code}: read Summary.txt in the newest folder of Setup Bootstrap\Log, remove the cause, then run this file again."
    }
}

# A file whose time is over would do harm: later steps have made what it does not reckon with.
function Assert-NotYet($Seen, [string] $What) {
    if ($null -ne $Seen) { throw "$What is there already: this file was for the time before it, and changes nothing any more." }
}

# A restart comes before everything else: it has a file of its own, with what must move away first.
function Stop-ForRestart($Pending, [string] $File) {
    $reasons = @($Pending.reasons | ForEach-Object { $_.says })
    if (($reasons.Count -eq 0) -or $global:ssisHaByHand['restart later']) { return }
    Write-Host "A restart of this host pends: $($reasons -join '; ')"
    if ((Read-Host "Type go on to leave it for later; anything else ends here, and $File restarts it") -ne 'go on') { exit 3 }
    $global:ssisHaByHand['restart later'] = $true
}

# Looks, asks, changes, and looks until it holds. What is in place is left alone, so each file can be run again.
function Complete-Step([scriptblock] $Look, [scriptblock] $Wanted, [scriptblock] $Change, [string] $Question, [int] $Minutes) {
    & $Look
    $missing = @(Get-Missing $Wanted)
    if ($missing.Count -eq 0) {
        Write-Host 'In place.'
        return
    }
    $missing | ForEach-Object { Write-Host "Missing: $_" }
    Confirm-ByHand $Question
    & $Change
    Wait-Until -What 'it is in place' -Look $Look -Wanted $Wanted -Minutes $Minutes
    Write-Host 'Done.'
}

# Looks and judges; what differs from what this file expects is for a person to weigh.
function Test-Step([scriptblock] $Look, [scriptblock] $Wanted, [string] $Advice) {
    & $Look
    $missing = @(Get-Missing $Wanted)
    if ($missing.Count -eq 0) {
        Write-Host 'In order.'
        return
    }
    $missing | ForEach-Object { Write-Host "Differs: $_" }
    Confirm-ByHand "$Advice Go on although it differs?"
}
