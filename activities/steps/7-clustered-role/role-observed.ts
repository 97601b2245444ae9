import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { sameName } from '../../same-name.ts';

const service = z.strictObject({
  node: z.string(),
  state: z.string().nullable(),
  startMode: z.string().nullable(),
});

/** What is seen of the clustered role and of the Master behind it. */
export const roleObserved = z.strictObject({
  /** Names of the cluster's other groups. */
  others: z.array(z.string()),
  services: z.array(service),
  role: z
    .strictObject({
      name: z.string(),
      state: z.string(),
      owner: z.string(),
      serviceState: z.string(),
      dnsName: z.string().nullable(),
      networkState: z.string().nullable(),
      statusDns: z.number().nullable(),
      statusKerberos: z.number().nullable(),
      addresses: z.array(z.strictObject({ ip: z.string(), state: z.string() })),
    })
    .nullable(),
  /** How the Master answers; null while there is no role. */
  answers: z
    .strictObject({
      addresses: z.array(z.string()),
      thumbprint: z.string().nullable(),
      expected: z.string().nullable(),
      machine: z.string().nullable(),
      isFresh: z.boolean(),
    })
    .nullable(),
});

export type RoleObserved = z.output<typeof roleObserved>;
type Service = z.output<typeof service>;

interface Wanted {
  readonly name: string;
  readonly fullName: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly suffix: string;
}

/** What keeps the role from being the site's, online, and answered for by a living Master. */
export function missingInRole({ others, services, role, answers }: RoleObserved, wanted: Wanted): string[] {
  const taken = others.find((group) => sameName(group, wanted.name));
  if (taken !== undefined) throw nameTaken(taken, wanted.suffix);
  if (role === null || answers === null) return [`No clustered role owns SSISScaleOutMaster${wanted.suffix}`];
  if (!sameName(role.name, wanted.name)) throw otherName(role.name, wanted);
  if (role.dnsName !== null && !sameName(role.dnsName, wanted.name)) throw renamed(role.dnsName, wanted);
  const lacking = wanted.addresses.filter((ip) => !role.addresses.some((address) => address.ip === ip));
  if (lacking.length > 0) throw otherAddress(role, lacking);
  return [
    ...missingResources(role, wanted),
    ...services.flatMap((found) => misplaced(found, role.owner)),
    ...missingAnswers(answers, role, wanted),
  ];
}

/** Before there is a role, the service must be there on every node, at rest and allowed to start. */
export function serviceIsWrong({ node, state, startMode }: Service, suffix: string): string[] {
  const name = `SSISScaleOutMaster${suffix}`;
  if (state === null) return [`${node} has no service ${name}`];
  return [
    ...(startMode === 'Disabled'
      ? [`${name} is disabled on ${node}, so the cluster could not start it`]
      : []),
    ...(state === 'Stopped' ? [] : [`${name} is ${state} on ${node}, and no role owns it`]),
  ];
}

type Role = NonNullable<RoleObserved['role']>;

function missingResources(role: Role, { name }: Wanted): string[] {
  const isReachable = role.addresses.some(({ state }) => state === 'Online');
  return [
    ...(isReachable ? [] : [`No address of the role ${name} is online`]),
    ...(role.networkState === 'Online'
      ? []
      : [`The network name of ${name} is ${role.networkState ?? 'missing'}`]),
    ...(role.serviceState === 'Online' ? [] : [`The service of the role ${name} is ${role.serviceState}`]),
    ...(role.statusDns ? [`The cluster could not register ${name} in DNS (status ${role.statusDns})`] : []),
    ...(role.statusKerberos
      ? [`The cluster could not bring the computer object of ${name} online (status ${role.statusKerberos})`]
      : []),
  ];
}

function misplaced({ node, state }: Service, owner: string): string[] {
  const isOwner = sameName(node, owner);
  if (isOwner && state !== 'Running')
    return [`The Master is ${state ?? 'not installed'} on ${node}, which owns the role`];
  return !isOwner && state === 'Running'
    ? [`The Master runs on ${node} too, though ${owner} owns the role`]
    : [];
}

function missingAnswers(
  { addresses, thumbprint, expected, machine, isFresh }: NonNullable<RoleObserved['answers']>,
  { owner }: Role,
  wanted: Wanted,
): string[] {
  const where = `${wanted.fullName}:${wanted.port}`;
  const leads = addresses.some((ip) => wanted.addresses.includes(ip));
  return [
    ...(leads
      ? []
      : [
          `${wanted.fullName} leads to ${addresses.join(', ') || 'nothing'}, not to ${wanted.addresses.join(', ')}`,
        ]),
    ...(thumbprint === null ? [`Nothing presents a certificate at ${where}`] : []),
    ...(thumbprint !== null && thumbprint !== expected
      ? [`${where} presents the certificate ${thumbprint}, not ${expected ?? 'the one of the settings'}`]
      : []),
    ...(isFresh ? [] : ['The Master has not been heard of in SSISDB of late']),
    ...(isFresh && (machine === null || !sameName(machine, owner))
      ? [`SSISDB hears the Master of ${machine ?? 'an unnamed machine'}, not of ${owner}`]
      : []),
  ];
}

function nameTaken(group: string, suffix: string): OperatorError {
  return new OperatorError(
    `The cluster has a group ${group} that does not hold SSISScaleOutMaster${suffix}`,
    'Choose another name for the Master (which means another certificate), or remove that group, then retry.',
  );
}

function otherName(role: string, { name }: Wanted): OperatorError {
  return new OperatorError(
    `The Master is clustered as ${role}, not as ${name}`,
    `Name ${role} in the site file, if its certificate bears that name, or remove the role, then retry.`,
  );
}

function renamed(dnsName: string, { name }: Wanted): OperatorError {
  return new OperatorError(
    `The client access point of the role ${name} is ${dnsName}, not ${name}`,
    `Set the parameter DnsName of its network name back to ${name} and bring the role online, then retry.`,
  );
}

function otherAddress({ name, addresses }: Role, lacking: readonly string[]): OperatorError {
  const has = addresses.map(({ ip }) => ip).join(', ') || 'none';
  return new OperatorError(
    `The role ${name} lacks the address ${lacking.join(', ')}: it has ${has}`,
    'Set Address of its IP Address resource (Set-ClusterParameter) and bring the role online again, or name its address in the site file, then retry.',
  );
}
