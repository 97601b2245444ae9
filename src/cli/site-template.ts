/** The site file that `ssis-ha init` writes: valid as it stands, with names that belong to nobody. */
export const SITE_TEMPLATE = String.raw`# Site file of ssis-ha: two nodes, two workers. Put your own names in, then:  ssis-ha check site.yaml
#
# No secret stands in this file. A secret is a reference, resolved on the machine whose agent needs it:
#   file:PATH   the first line of a file; a relative PATH starts from the folder of this file
#   env:NAME    a variable in the environment of the agent
version: 1
site: ssis-example              # the run is called ssis-ha/ssis-example; do not change it later
environment: test               # lab, test or production (production refuses selfApproval and tls.verify: false)
change: { ticket: CHG-0001, owner: Database team, contact: dba@example.com }
existingObjects: ask            # ask: what this run did not make is changed only after a gate; refuse: never

product:
  version: 2022                 # 2017, 2019 or 2022
  build: 16.0.4165.4            # wanted on every node and worker; setup is slipstreamed to it
  edition: Enterprise           # Enterprise, Developer or Evaluation: Standard has no Scale Out Master
  media: 'D:\Media\SQL2022'     # on every host's own disk: a share would be a second hop
  updates: 'D:\Media\SQL2022\Updates'   # holds the one update that leads to "build"
  productKey: null              # null: the key is in the media; otherwise a reference

directory:
  domain: example.com
  netbios: EXAMPLE
  ou: OU=SSIS,OU=Servers,DC=example,DC=com
  computerObjects: prestaged    # prestaged: disabled, the run's account may do all with them; or create
  exchange: '\\files.example.com\ssis-exchange$'   # certificates travel through this share

operator:                       # as whom the runbook works: local administrator of the hosts and sysadmin
  account: EXAMPLE\svc-runbook
  password: file:secrets/operator
  sqlAuthentication: ntlm       # ntlm; or integrated: the agent's own Windows session, without a password

nodes:                          # "first" is where SSISDB is born; afterwards the availability group says who is primary
  - { name: SSIS-NODE-1, ip: 192.0.2.11, first: true }
  - { name: SSIS-NODE-2, ip: 192.0.2.12 }

instance:                       # the same on every node
  name: MSSQLSERVER
  port: 1433                    # fixed, also for a named instance
  collation: Latin1_General_CI_AS       # cannot be changed later
  sysadmins: ['EXAMPLE\DBA']    # groups rather than people
  authentication: mixed         # executionLog.login: sqlLogin needs it
  directories: { data: 'E:\Data', log: 'F:\Log', tempdb: 'T:\TempDB', backup: 'G:\Backup' }
  maxServerMemoryMb: 16384
  certificate: { fromStore: My, subject: node }   # in each node's store, for the node's name and the listener's
  kerberos: { spn: check }      # check; or register: the service principal names of the engine's account

accounts:                       # a group managed account ends in $ and has no password
  engine: { account: EXAMPLE\svc-engine, password: file:secrets/engine }
  agent: { account: EXAMPLE\svc-agent, password: file:secrets/agent }
  master: { account: EXAMPLE\svc-master, password: file:secrets/master }
  worker: { account: 'EXAMPLE\gmsa-worker$' }     # packages run as this account

cluster:
  name: SSIS-CLUSTER            # cluster, listener and clustered role: three names and three free addresses
  ip: 192.0.2.20
  witness: { kind: fileShare, path: '\\files.example.com\witness$' }
  # witness: { kind: cloud, account: examplewitness, key: env:WITNESS_KEY }
  # witness: { kind: disk, disk: Cluster Disk 1 }

availabilityGroup:
  name: AG_SSISDB               # holds SSISDB and nothing else
  endpointPort: 5022
  replicas: synchronous-automatic
  readableSecondary: false
  seeding: { mode: backup, share: '\\files.example.com\seed$' }
  listener: { name: SSISDB-AG, port: 1433, addresses: [{ ip: 192.0.2.21, mask: 255.255.255.0 }] }

catalog:
  masterKeyPassword: file:secrets/catalog-key     # without it no failover and no restore: keep it elsewhere too
  masterKeyBackup: { path: '\\files.example.com\keys$', password: file:secrets/catalog-key-backup }
  retentionDays: 30
  maxProjectVersions: 10
  defaultExecutionMode: server  # looked at, never changed by a run
  backups: { by: external, fullEveryHours: 24, logEveryMinutes: 15 }   # external, or job: SQL Server Agent's

executionLog:                   # how workers write their log into SSISDB
  login: sqlLogin               # sqlLogin; or workerAccount, which needs no mixed authentication
  password: file:secrets/log-login

scaleOutMaster:                 # the clustered role; workers know it as https://ssis-master.example.com:8391
  name: SSIS-MASTER
  addresses: [{ ip: 192.0.2.22 }]
  port: 8391
  preferredOwners: [SSIS-NODE-1, SSIS-NODE-2]
  failback: false
  certificate:                  # one for all nodes
    create: { years: 3, keyBits: 2048, writePfx: file:secrets/master.pfx, pfxPassword: file:secrets/master-pfx }
    # existing: { pfx: file:secrets/master.pfx, pfxPassword: file:secrets/master-pfx }

workers:                        # two or more: that is all the high availability workers have
  - { name: SSIS-WORKER-1, ip: 192.0.2.31, maxTasks: 10 }
  - { name: SSIS-WORKER-2, ip: 192.0.2.32, maxTasks: 10 }

firewall: { manage: true, profile: Domain, workers: [192.0.2.0/24], operators: [192.0.2.0/24] }
tls: { verify: true, authorities: file:pki/root.pem }

approvals:
  identities: asserted          # who decides is claimed, not proven
  selfApproval: false           # true: whoever starts the run may also approve; refused in production

restarts: { perHost: 3, drainPackagesMinutes: 60, oneNodeAtATime: true }

# The proof at the end, each drill behind its gate.
drill: { roleMove: true, groupFailover: true, crossed: true, serviceKill: false, nodeLoss: false }
`;
