# Gives a service a start type, and stops or starts it.
param($parameters)
Set-Service -Name $parameters.name -StartupType $parameters.startMode
if ($parameters.running) {
    Start-Service -Name $parameters.name
} else {
    Stop-Service -Name $parameters.name -Force
}
[pscustomobject]@{}
