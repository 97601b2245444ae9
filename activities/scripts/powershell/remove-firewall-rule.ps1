# Removes a firewall rule by its fixed name, if it is there.
param($parameters)
$rule = Get-NetFirewallRule -Name $parameters.name -ErrorAction SilentlyContinue
if ($null -ne $rule) { Remove-NetFirewallRule -Name $parameters.name }
[pscustomobject]@{}
