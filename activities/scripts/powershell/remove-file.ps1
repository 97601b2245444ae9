# Removes a file, if it is there.
param($parameters)
if (Test-Path -LiteralPath $parameters.path -PathType Leaf) { Remove-Item -LiteralPath $parameters.path -Force }
[pscustomobject]@{}
