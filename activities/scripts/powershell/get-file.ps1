# Whether a file is there.
param($parameters)
[pscustomobject]@{ exists = [bool](Test-Path -LiteralPath $parameters.path -PathType Leaf) }
