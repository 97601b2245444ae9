import type { Site } from '../../activities/site.ts';
import type { Estate } from '../model/estate.ts';
import type { Instance } from '../model/estate/engine.ts';
import type { Host } from '../model/estate/host.ts';
import { serverNameOf } from '../model/engine.ts';
import type { Sealer } from '../sealed.ts';

/** Something that is amiss in real estates, put into a simulated one so that it can be met and practised. */
export interface Scenario {
  readonly name: string;
  /** What is amiss, in one sentence. */
  readonly title: string;
  readonly source: string;
  /** On which estate it shows: one where nothing is installed yet, or one that a run has finished. */
  readonly on: 'fresh' | 'finished';
  /** What the site file must say for it to show, beside what it says in the sample: a key of a part, and its value. */
  readonly needs?: { readonly part: 'directory'; readonly key: string; readonly value: string };
  readonly spoil: (stage: Stage) => void;
}

/** The estate that is to be spoilt, with its parts by the names of the trade. */
export class Stage {
  readonly estate: Estate;
  readonly site: Site;
  readonly sealer: Sealer;

  constructor(estate: Estate, site: Site, sealer: Sealer) {
    this.estate = estate;
    this.site = site;
    this.sealer = sealer;
  }

  /** Puts a scenario in. Throws a RangeError where the estate is not so far, or the site is another. */
  play({ name, needs, spoil }: Scenario): void {
    if (needs && Reflect.get(this.site[needs.part], needs.key) !== needs.value)
      throw new RangeError(`${name} needs ${needs.part}.${needs.key}: ${needs.value} in the site file`);
    spoil(this);
  }

  get first(): Host {
    const [first] = [...this.site.nodes].sort((one, other) => Number(other.first) - Number(one.first));
    return this.host(first?.name);
  }

  /** The second node: where a failover would go. */
  get second(): Host {
    return this.host(this.site.nodes.find(({ name }) => name !== this.first.name)?.name);
  }

  get worker(): Host {
    return this.host(this.site.workers.at(-1)?.name);
  }

  engineOf(host: Host): Instance {
    return needed(host.instances[this.site.instance.name], `an engine on ${host.name}`);
  }

  computer(name: string) {
    return needed(this.estate.directory.computers[name.toLowerCase()], `the computer object ${name}`);
  }

  account(name: string) {
    return needed(this.estate.directory.accounts[name.toLowerCase()], `the account ${name}`);
  }

  share(path: string) {
    return needed(this.estate.shares[path], `the share ${path}`);
  }

  get cluster() {
    return needed(this.estate.cluster, 'a cluster');
  }

  get group() {
    return needed(this.estate.groups[this.site.availabilityGroup.name], 'the availability group');
  }

  get role() {
    return needed(this.cluster.groups[this.site.scaleOutMaster.name], 'the clustered role');
  }

  get catalog() {
    return needed(Object.values(this.estate.catalogs)[0], 'SSISDB');
  }

  replicaOf(host: Host) {
    return needed(
      this.group.replicas[serverNameOf(host, this.engineOf(host))],
      `the replica on ${host.name}`,
    );
  }

  database(host: Host) {
    return needed(this.engineOf(host).databases['SSISDB'], `SSISDB on ${host.name}`);
  }

  login(host: Host, name: string) {
    return needed(this.engineOf(host).logins[name.toLowerCase()], `the login ${name} on ${host.name}`);
  }

  masterService(host: Host) {
    return this.service(host, 'SSISScaleOutMaster');
  }

  service(host: Host, name: string) {
    const found = Object.entries(host.services).find(([key]) => key.startsWith(name));
    return needed(found?.[1], `the service ${name} on ${host.name}`);
  }

  /** The Master's certificate as it lies in Root. */
  masterCertificate(host: Host) {
    const [name] = [this.site.scaleOutMaster.name.toLowerCase()];
    return needed(
      host.certificates.find(
        ({ store, subject }) => store === 'Root' && subject.toLowerCase().startsWith(`cn=${name}.`),
      ),
      `the certificate of the Master on ${host.name}`,
    );
  }

  settings(host: Host, file: 'MasterSettings.config' | 'WorkerSettings.config') {
    const found = Object.entries(host.files).find(([path]) => path.endsWith(`\\Binn\\${file}`));
    return needed(found?.[1], `${file} on ${host.name}`);
  }

  private host(name: string | undefined): Host {
    return needed(name === undefined ? undefined : this.estate.hosts[name], `the host ${name ?? '?'}`);
  }
}

/** Changes one value of a settings file, as a person with an editor would. */
export function edit(file: { content: string }, values: Readonly<Record<string, unknown>>): void {
  file.content = JSON.stringify({ ...(JSON.parse(file.content) as object), ...values }, null, 2);
}

function needed<Thing>(thing: Thing | null | undefined, what: string): Thing {
  if (thing === null || thing === undefined) throw new RangeError(`This estate has not yet ${what}`);
  return thing;
}
