# How far each of the named features is installed.
param($parameters)
$features = @(Get-WindowsFeature -Name $parameters.names | ForEach-Object {
    [pscustomobject]@{ name = $_.Name; state = [string]$_.InstallState }
})
[pscustomobject]@{ features = $features }
