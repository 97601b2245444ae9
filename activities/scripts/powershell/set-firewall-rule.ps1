# Lets a port in from the given addresses, under a fixed name: a rule of that name is replaced.
param($parameters)
$old = Get-NetFirewallRule -Name $parameters.name -ErrorAction SilentlyContinue
if ($null -ne $old) { Remove-NetFirewallRule -Name $parameters.name }
$enabled = 'False'
if ($parameters.enabled) { $enabled = 'True' }
New-NetFirewallRule -Name $parameters.name -DisplayName $parameters.displayName -Direction Inbound -Action Allow `
    -Protocol TCP -LocalPort $parameters.port -RemoteAddress $parameters.remoteAddresses -Profile $parameters.profile `
    -Enabled $enabled | Out-Null
[pscustomobject]@{}
