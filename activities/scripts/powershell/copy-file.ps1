# Copies a file to a place where there is none yet: nothing is overwritten.
param($parameters)
[IO.File]::Copy($parameters.from, $parameters.to, $false)
[pscustomobject]@{}
