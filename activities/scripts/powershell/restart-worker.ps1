# Lets the worker of this machine read its settings anew. Tasks that it holds are cut: whoever calls this has seen
# that it holds none.
param($parameters)
Restart-Service -Name "SSISScaleOutWorker$($parameters.suffix)" -Force
[pscustomobject]@{}
