# Those of the named inbound rules that there are, with what they let in.
param($parameters)
$rules = @(foreach ($name in $parameters.names) {
    $rule = Get-NetFirewallRule -Name $name -ErrorAction SilentlyContinue
    if ($null -eq $rule) { continue }
    $ports = Get-NetFirewallPortFilter -AssociatedNetFirewallRule $rule
    $addresses = Get-NetFirewallAddressFilter -AssociatedNetFirewallRule $rule
    [pscustomobject]@{
        name = $rule.Name
        displayName = $rule.DisplayName
        port = [string]$ports.LocalPort
        remoteAddresses = @($addresses.RemoteAddress | ForEach-Object { [string]$_ })
        profile = [string]$rule.Profile
        enabled = ([string]$rule.Enabled -eq 'True') -and ([string]$rule.Direction -eq 'Inbound') -and ([string]$rule.Action -eq 'Allow')
    }
})
[pscustomobject]@{ rules = $rules }
