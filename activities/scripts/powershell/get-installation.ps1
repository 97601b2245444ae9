# What setup has installed on this machine: engine instance, Integration Services, Scale Out Master and Worker, and
# the accounts that their services run as.
param($parameters)
$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
function Get-Value($path, $name) {
    if (-not (Test-Path -LiteralPath $path)) { return $null }
    (Get-ItemProperty -LiteralPath $path).$name
}
$all = @(Get-CimInstance -ClassName Win32_Service)
function Get-Account($name) {
    $service = @($all | Where-Object { $_.Name -eq $name })[0]
    if ($null -eq $service) { return $null }
    $account = [string]$service.StartName
    # As the directory spells it, however it was given; LocalSystem and the like stay as they are.
    try {
        $sid = (New-Object Security.Principal.NTAccount -ArgumentList $account).Translate([Security.Principal.SecurityIdentifier])
        return $sid.Translate([Security.Principal.NTAccount]).Value
    } catch {
        return $account
    }
}
$instanceId = Get-Value "$root\Instance Names\SQL" $parameters.instance
$setup = "$root\$instanceId\Setup"
$suffix = $parameters.suffix
$engineService = 'MSSQL$' + $parameters.instance
if ($parameters.instance -eq 'MSSQLSERVER') { $engineService = 'MSSQLSERVER' }
$engine = $null
if ($null -ne $instanceId) {
    $engine = [pscustomobject]@{
        version = [string](Get-Value $setup 'PatchLevel')
        edition = [string](Get-Value $setup 'Edition')
        account = Get-Account $engineService
    }
}
$master = Get-Value "$root\$suffix\DTS\Setup\SQL_IS_Master" 'Version'
$worker = Get-Value "$root\$suffix\DTS\Setup\SQL_IS_Worker" 'Version'
$accounts = @{}
$isThere = @{}
foreach ($name in @("SSISScaleOutMaster$suffix", "SSISScaleOutWorker$suffix")) {
    $accounts[$name] = Get-Account $name
    $isThere[$name] = @($all | Where-Object { $_.Name -eq $name }).Count -gt 0
}
[pscustomobject]@{
    engine = $engine
    integrationServices = $null -ne (Get-Value "$root\$suffix\SSIS\Setup\DTSPath" '(default)')
    master = [pscustomobject]@{
        version = $master
        hasService = $isThere["SSISScaleOutMaster$suffix"]
        account = $accounts["SSISScaleOutMaster$suffix"]
    }
    worker = [pscustomobject]@{
        version = $worker
        hasService = $isThere["SSISScaleOutWorker$suffix"]
        account = $accounts["SSISScaleOutWorker$suffix"]
    }
}
