# Gives the host's fence back.
param($parameters)
if ($null -ne $global:ssisHaFence) { $global:ssisHaFence.Dispose() }
$global:ssisHaFence = $null
[pscustomobject]@{}
