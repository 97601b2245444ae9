import { EXAMPLE_ANSWERS, networkOf, type Host, type SiteAnswers } from './site-answers.ts';

/** The site file that `ssis-ha init` writes: commented, whole, with these answers in place. */
export function siteText(answers: SiteAnswers): string {
  return String.raw`# yaml-language-server: $schema=./ssis-ha.schema.json
# Site file of ssis-ha. Put your own names in, then:  ssis-ha check site.yaml
#
# An editor completes and explains the keys once that schema is there:  ssis-ha schema -o ssis-ha.schema.json
#
# No secret stands in this file. A secret is a reference, resolved on the machine whose agent needs it:
#   file:PATH   the first line of a file; a relative PATH starts from the folder of this file
#   env:NAME    a variable in the environment of the agent
version: 1
${aligned(`site: ${text(answers.site)}`)}# the run is called ssis-ha/${answers.site}; do not change it later
environment: test               # lab, test or production (production refuses selfApproval and tls.verify: false)
change: { ticket: CHG-0001, owner: Database team, contact: dba@${answers.domain} }
existingObjects: ask            # what this run did not make is changed only after a gate

product:
${aligned(`  version: ${answers.version}`)}# 2017, 2019 or 2022
${aligned(`  build: ${answers.build}`)}# wanted on every node and worker; setup is slipstreamed to it
  edition: Enterprise           # Enterprise, Developer or Evaluation: Standard has no Scale Out Master
  media: 'D:\Media\SQL${answers.version}'     # on every host's own disk: a share would be a second hop
  updates: 'D:\Media\SQL${answers.version}\Updates'   # holds the one update that leads to "build"
  productKey: null              # null: the key is in the media; otherwise a reference

directory:
  domain: ${text(answers.domain)}
  netbios: ${text(answers.netbios)}
  ou: OU=SSIS,OU=Servers,${distinguished(answers.domain)}
  computerObjects: prestaged    # prestaged: disabled, the run's account may do all with them; or create
  exchange: '\\files.${answers.domain}\ssis-exchange$'   # certificates travel through this share

operator:                       # as whom the runbook works: local administrator of the hosts and sysadmin
${operatorLines(answers.operator)}# ntlm; or integrated: the agent's own Windows session, without a password

nodes:                          # "first" is where SSISDB is born; afterwards the availability group says who is primary
${answers.nodes.map(nodeLine).join('\n')}

instance:                       # the same on every node
  name: MSSQLSERVER
  port: 1433                    # fixed, also for a named instance
  collation: Latin1_General_CI_AS       # cannot be changed later
  sysadmins: ['${answers.netbios}\DBA']    # groups rather than people
  authentication: mixed         # executionLog.login: sqlLogin needs it
  directories: { data: 'E:\Data', log: 'F:\Log', tempdb: 'T:\TempDB', backup: 'G:\Backup' }
  maxServerMemoryMb: 16384
  certificate: { fromStore: My, subject: node }   # in each node's store, for the node's name and the listener's
  kerberos: { spn: check }      # a domain administrator registers the service principal names

accounts:                       # a group managed account ends in $ and has no password
  ${serviceAccount('engine', answers.engineAccount)}
  ${serviceAccount('agent', answers.agentAccount)}
  ${serviceAccount('master', answers.masterAccount)}
${aligned(`  ${serviceAccount('worker', answers.workerAccount)}`, 50)}# packages run as this account

cluster:
${aligned(`  name: ${text(answers.clusterName)}`)}# cluster, listener and clustered role: three names and three free addresses
${clusterLines(answers.clusterAddresses)}
  witness: { kind: fileShare, path: '\\files.${answers.domain}\witness$' }
  # witness: { kind: cloud, account: examplewitness, key: env:WITNESS_KEY }
  # witness: { kind: disk, disk: Cluster Disk 1 }

availabilityGroup:
  name: AG_SSISDB               # holds SSISDB and nothing else
  endpointPort: 5022
  replicas: synchronous-automatic
  readableSecondary: false
  seeding: { mode: backup, share: '\\files.${answers.domain}\seed$' }
  listener: { name: ${text(answers.listenerName)}, port: 1433, addresses: [${answers.listenerAddresses.map(masked).join(', ')}] }

catalog:
  masterKeyPassword: file:secrets/catalog-key     # without it no failover and no restore: keep it elsewhere too
  masterKeyBackup: { path: '\\files.${answers.domain}\keys$', password: file:secrets/catalog-key-backup }
  retentionDays: 30
  maxProjectVersions: 10
  defaultExecutionMode: server  # looked at, never changed by a run
  backups: { by: external, fullEveryHours: 24, logEveryMinutes: 15 }   # external, or job: SQL Server Agent's

executionLog:                   # how workers write their log into SSISDB
  login: sqlLogin               # sqlLogin; or workerAccount, which needs no mixed authentication
  password: file:secrets/log-login

scaleOutMaster:                 # the clustered role; workers know it as https://${masterOf(answers)}:8391
  name: ${text(answers.masterName)}
  addresses: [${answers.masterAddresses.map((ip) => `{ ip: ${ip} }`).join(', ')}]
  port: 8391
  preferredOwners: [${namesOf(answers.nodes)}]
  failback: false
  certificate:                  # one for all nodes
    create: { years: 3, keyBits: 2048, writePfx: file:secrets/master.pfx, pfxPassword: file:secrets/master-pfx }
    # existing: { pfx: file:secrets/master.pfx, pfxPassword: file:secrets/master-pfx }

workers:                        # two or more: that is all the high availability workers have
${answers.workers.map(workerLine).join('\n')}

firewall: { manage: true, profile: Domain, workers: [${networksOf(answers.workers)}], operators: [${networksOf(answers.nodes)}] }
tls: { verify: true, authorities: file:pki/root.pem }

approvals:
  identities: asserted          # who decides is claimed, not proven
  selfApproval: false           # true: whoever starts the run may also approve; refused in production
  # groups: { dba: ['DOMAIN\\one', 'DOMAIN\\other'] }
  # rules: [{ when: [engine-restart, host-restart, failover], need: [1 of dba] }]
  # expireAfterHours: 4
  # ahead: { maxHours: 12 }     # lets people approve before they are asked, for that long
  # onExpiry: stop              # or undo; left out: the step is stuck until somebody says retry

# Who is told of questions, failures and the end; left out: nobody.
# notify:
#   webhooks: [{ address: file:secrets/webhook, format: teams }]     # json, slack or teams
#   mail: [{ to: [dba@example.com], from: ssis-ha@example.com, smtp: { server: smtp.example.com } }]

# When something may be interrupted; left out: at any time.
# windows:
#   timeZone: Europe/Berlin
#   open: [{ days: [Sat], from: '22:00', to: '04:00' }]
#   freeze: [{ from: '2030-12-20', to: '2031-01-07', reason: year-end close }]

restarts: { perHost: 3, drainPackagesMinutes: 60, oneNodeAtATime: true }

# The proof at the end, each drill behind its gate.
drill: { roleMove: true, groupFailover: true, crossed: true, serviceKill: false, nodeLoss: false }
`;
}

/** With names that belong to nobody. */
export const SITE_TEMPLATE = siteText(EXAMPLE_ANSWERS);

function distinguished(domain: string): string {
  return domain
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');
}

function masterOf({ masterName, domain }: SiteAnswers): string {
  return `${masterName}.${domain}`.toLowerCase();
}

function clusterLines([ip = '', ...others]: readonly string[]): string {
  return [`  ip: ${ip}`, ...(others.length > 0 ? [`  otherIps: [${others.join(', ')}]`] : [])].join('\n');
}

function nodeLine({ name, ip }: Host, at: number): string {
  return `  - { name: ${text(name)}, ip: ${ip}${at === 0 ? ', first: true' : ''} }`;
}

function workerLine({ name, ip }: Host): string {
  return `  - { name: ${text(name)}, ip: ${ip}, maxTasks: 10 }`;
}

function masked({ ip, mask }: { readonly ip: string; readonly mask: string }): string {
  return `{ ip: ${ip}, mask: ${mask} }`;
}

function namesOf(hosts: readonly Host[]): string {
  return hosts.map(({ name }) => text(name)).join(', ');
}

/** As YAML writes it, quoted where it could be taken for something else. */
function text(value: string): string {
  const isPlain = /^[A-Za-z][\w.\\-]*$/.test(value) && !/^(true|false|null)$/i.test(value);
  return isPlain ? value : `'${value.replaceAll("'", "''")}'`;
}

/** Comments stand below one another where there is room. */
function aligned(line: string, width = 32): string {
  return `${line} `.padEnd(width);
}

/** Without a password NTLM cannot sign in; a group managed account has none. */
function operatorLines(account: string): string {
  const isManaged = account.endsWith('$');
  return [
    `  account: ${text(account)}`,
    ...(isManaged ? [] : ['  password: file:secrets/operator']),
    aligned(`  sqlAuthentication: ${isManaged ? 'integrated' : 'ntlm'}`),
  ].join('\n');
}

function serviceAccount(service: string, account: string): string {
  const password = account.endsWith('$') ? '' : `, password: file:secrets/${service}`;
  return `${service}: { account: ${text(account)}${password} }`;
}

function networksOf(hosts: readonly Host[]): string {
  return [...new Set(hosts.map(({ ip }) => `${networkOf(ip)}.0/24`))].join(', ');
}
