# Moves a role to another node and waits for it. An availability group is refused: only its own statement,
# on the replica that takes over, keeps what is not yet written from being lost.
param($parameters)
$role = Get-ClusterGroup -Name $parameters.role
if ([string]$role.GroupType -eq 'AvailabilityGroup') {
    throw "$($parameters.role) is an availability group, which is never moved by the cluster"
}
if ($role.OwnerNode.Name -ne $parameters.node) {
    Move-ClusterGroup -Name $parameters.role -Node $parameters.node -Wait 120 | Out-Null
    $owner = (Get-ClusterGroup -Name $parameters.role).OwnerNode.Name
    if ($owner -ne $parameters.node) { throw "$($parameters.role) is still on $owner" }
}
[pscustomobject]@{}
