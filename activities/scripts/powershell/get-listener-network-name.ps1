# The network name of a listener in the cluster, with what decides how its name is registered; null where there is none.
param($parameters)
$resource = Get-ClusterResource | Where-Object { $_.Name -eq $parameters.resource }
if ($null -eq $resource) { return [pscustomobject]@{ networkName = $null } }
$settings = @{}
$resource | Get-ClusterParameter | ForEach-Object { $settings[$_.Name] = $_.Value }
[pscustomobject]@{
    networkName = [pscustomobject]@{
        state = [string]$resource.State
        registersAll = [int]$settings['RegisterAllProvidersIP'] -eq 1
        recordSeconds = [int]$settings['HostRecordTTL']
    }
}
