# What setup has installed on this machine: engine instance, Integration Services, Scale Out Master and Worker.
param($parameters)
$root = 'HKLM:\SOFTWARE\Microsoft\Microsoft SQL Server'
function Get-Value($path, $name) {
    if (-not (Test-Path -LiteralPath $path)) { return $null }
    (Get-ItemProperty -LiteralPath $path).$name
}
$instanceId = Get-Value "$root\Instance Names\SQL" $parameters.instance
$setup = "$root\$instanceId\Setup"
$suffix = $parameters.suffix
$engine = $null
if ($null -ne $instanceId) {
    $engine = [pscustomobject]@{
        version = [string](Get-Value $setup 'PatchLevel')
        edition = [string](Get-Value $setup 'Edition')
    }
}
$master = Get-Value "$root\$suffix\DTS\Setup\SQL_IS_Master" 'Version'
$worker = Get-Value "$root\$suffix\DTS\Setup\SQL_IS_Worker" 'Version'
$services = @{}
foreach ($name in @("SSISScaleOutMaster$suffix", "SSISScaleOutWorker$suffix")) {
    $services[$name] = $null -ne (Get-Service -Name $name -ErrorAction SilentlyContinue)
}
[pscustomobject]@{
    engine = $engine
    integrationServices = $null -ne (Get-Value "$root\$suffix\SSIS\Setup\DTSPath" '(default)')
    master = [pscustomobject]@{ version = $master; hasService = $services["SSISScaleOutMaster$suffix"] }
    worker = [pscustomobject]@{ version = $worker; hasService = $services["SSISScaleOutWorker$suffix"] }
}
