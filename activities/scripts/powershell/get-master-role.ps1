# The clustered role that owns the Scale Out Master, found by the service that it stands for and not by its
# name; and the service itself on each node.
param($parameters)
$service = "SSISScaleOutMaster$($parameters.suffix)"
$groups = @(Get-ClusterGroup)
$resources = @(Get-ClusterResource)
function Get-Parameter($resource, $name) {
    @($resource | Get-ClusterParameter | Where-Object { $_.Name -eq $name } | ForEach-Object { $_.Value })[0]
}
$own = @($resources | Where-Object { [string]$_.ResourceType -eq 'Generic Service' } | Where-Object {
    (Get-Parameter $_ 'ServiceName') -eq $service
})[0]
$role = $null
if ($null -ne $own) {
    $group = @($groups | Where-Object { $_.Name -eq $own.OwnerGroup.Name })[0]
    $parts = @($resources | Where-Object { $_.OwnerGroup.Name -eq $group.Name })
    $name = @($parts | Where-Object { [string]$_.ResourceType -eq 'Network Name' })[0]
    $network = $null
    if ($null -ne $name) {
        $network = [pscustomobject]@{
            dnsName = [string](Get-Parameter $name 'DnsName')
            state = [string]$name.State
            statusDns = Get-Parameter $name 'StatusDNS'
            statusKerberos = Get-Parameter $name 'StatusKerberos'
            registerAllProviders = Get-Parameter $name 'RegisterAllProvidersIP'
            timeToLive = Get-Parameter $name 'HostRecordTTL'
            needsAllAddresses = [string]($name | Get-ClusterResourceDependency).DependencyExpression -match '\]\)*\s+and\s+\(*\['
        }
    }
    $role = [pscustomobject]@{
        name = $group.Name
        state = [string]$group.State
        owner = $group.OwnerNode.Name
        serviceState = [string]$own.State
        network = $network
        addresses = @($parts | Where-Object { [string]$_.ResourceType -eq 'IP Address' } | ForEach-Object {
            [pscustomobject]@{ ip = [string](Get-Parameter $_ 'Address'); state = [string]$_.State }
        })
        possibleOwners = @(($own | Get-ClusterOwnerNode).OwnerNodes | ForEach-Object { $_.Name })
        preferredOwners = @(($group | Get-ClusterOwnerNode).OwnerNodes | ForEach-Object { $_.Name })
        failsBack = [int]$group.AutoFailbackType -eq 1
    }
}
# Loads the class with which services of other machines are looked at, by the cluster's own kind of call.
$null = Get-Service -Name 'ClusSvc'
$services = @($parameters.nodes | ForEach-Object {
    $controller = New-Object System.ServiceProcess.ServiceController -ArgumentList $service, $_
    $state = $null
    $startMode = $null
    try {
        $state = [string]$controller.Status
        $startMode = [string]$controller.StartType
    } catch {
        # ERROR_SERVICE_DOES_NOT_EXIST; whatever else keeps a node from answering is an error.
        $cause = $_.Exception.GetBaseException()
        if (-not ($cause -is [ComponentModel.Win32Exception] -and $cause.NativeErrorCode -eq 1060)) { throw }
    }
    $controller.Dispose()
    [pscustomobject]@{ node = $_; state = $state; startMode = $startMode }
})
[pscustomobject]@{ groups = @($groups | ForEach-Object { $_.Name }); role = $role; services = $services }
