# Installs features with their management tools, which the cmdlet leaves out unless it is told.
param($parameters)
$result = Install-WindowsFeature -Name $parameters.names -IncludeManagementTools
if (-not $result.Success) { throw "Install-WindowsFeature ended with $($result.ExitCode)" }
[pscustomobject]@{}
