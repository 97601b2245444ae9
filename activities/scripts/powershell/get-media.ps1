# What lies in the folders of media and updates: the version of setup, whose key it brings, and the build of
# each update. A key is told by its kind only.
param($parameters)
function Get-Build($path) {
    $version = (Get-Item -LiteralPath $path).VersionInfo
    "$($version.FileMajorPart).$($version.FileMinorPart).$($version.FileBuildPart).$($version.FilePrivatePart)"
}
$setup = Join-Path $parameters.media 'setup.exe'
$build = $null
if (Test-Path -LiteralPath $setup -PathType Leaf) { $build = Get-Build $setup }
$key = 'none'
$defaults = Join-Path $parameters.media 'x64\DefaultSetup.ini'
if (Test-Path -LiteralPath $defaults -PathType Leaf) {
    $line = Get-Content -LiteralPath $defaults | Where-Object { $_ -match '^\s*PID\s*=\s*"?[0-9A-Z]{5}-' } | Select-Object -First 1
    if ($line -match '"?00000-00000-') { $key = 'evaluation' }
    elseif ($line -match '"?22222-00000-') { $key = 'developer' }
    elseif ($null -ne $line) { $key = 'own' }
}
$updates = @()
if (Test-Path -LiteralPath $parameters.updates -PathType Container) {
    $updates = @(Get-ChildItem -LiteralPath $parameters.updates -Filter '*.exe' -File | ForEach-Object {
        [pscustomobject]@{ file = $_.Name; build = Get-Build $_.FullName }
    })
}
[pscustomobject]@{ setup = $build; key = $key; updates = $updates }
