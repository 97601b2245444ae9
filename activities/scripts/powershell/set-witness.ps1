# Gives the cluster a witness, or takes it away.
param($parameters)
switch ($parameters.kind) {
    'none' { Set-ClusterQuorum -NoWitness | Out-Null }
    'fileShare' { Set-ClusterQuorum -FileShareWitness $parameters.at | Out-Null }
    'disk' { Set-ClusterQuorum -DiskWitness $parameters.at | Out-Null }
    'cloud' {
        Set-ClusterQuorum -CloudWitness -AccountName $parameters.at -AccessKey $parameters.key -Endpoint $parameters.endpoint | Out-Null
    }
}
[pscustomobject]@{}
