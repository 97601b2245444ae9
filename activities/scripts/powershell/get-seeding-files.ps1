# Backups for seeding a replica that still lie on the share.
param($parameters)
$files = @(Get-ChildItem -LiteralPath $parameters.folder -Filter "$($parameters.prefix)*" -File | ForEach-Object { $_.FullName })
[pscustomobject]@{ files = $files }
