import { z } from 'zod';
import { account, computerName, ipAddress, subnet } from '../../activities/site-values.ts';
import { siteShape } from '../../activities/site.ts';
import { EXAMPLE_ANSWERS, type Draft, type Host, type SiteAnswers } from './site-answers.ts';
import {
  proposedAccount,
  proposedAddress,
  proposedAddresses,
  proposedBuild,
  proposedName,
  proposedNetbios,
} from './site-proposals.ts';
import { soundAnswer, type Asked } from './sound-answer.ts';

/**
 * Asks for what no two estates have in common. An answer that the site file could not hold is refused at once,
 * in the words of `check`, and asked for again.
 */
export async function askForSite(asked: Asked): Promise<SiteAnswers> {
  let draft: Draft = {};
  for (const question of INTERVIEW) draft = await question(draft, asked);
  return { ...EXAMPLE_ANSWERS, ...draft };
}

type Question = (draft: Draft, asked: Asked) => Promise<Draft>;

interface Wish<Key extends keyof SiteAnswers> {
  readonly key: Key;
  readonly text: string;
  /** What Enter takes. */
  readonly given: (draft: Draft) => string;
  readonly schema: z.ZodType<SiteAnswers[Key]>;
}

function one<Key extends keyof SiteAnswers>({ key, text, given, schema }: Wish<Key>): Question {
  return async (draft, asked) => {
    const put = (value: SiteAnswers[Key]): Draft => ({ ...draft, [key]: value });
    return put(await soundAnswer(asked, { text, given: given(draft), schema, before: draft, put }));
  };
}

interface HostsWish {
  readonly key: 'nodes' | 'workers';
  readonly what: string;
  readonly least: number;
  readonly most: number;
}

const PROPOSED_HOSTS = 2;
const NO_MORE = '-';

/** One host after the other, until there are enough. */
function hosts(wish: HostsWish): Question {
  return async (draft, asked) => {
    let list: readonly Host[] = [];
    while (list.length < wish.most) {
      const host = await anotherHost({ ...draft, [wish.key]: list }, wish, asked);
      if (host === null) break;
      list = [...list, host];
    }
    return { ...draft, [wish.key]: list };
  };
}

async function anotherHost(
  before: Draft,
  { key, what, least }: HostsWish,
  asked: Asked,
): Promise<Host | null> {
  const list = before[key] ?? [];
  const last = list.at(-1);
  const isNeeded = list.length < least;
  const withHost = (host: Host): Draft => ({ ...before, [key]: [...list, host] });
  const name = await soundAnswer<string>(asked, {
    text: `Name of ${what} ${list.length + 1}${isNeeded ? '' : `, or ${NO_MORE} for no more`}`,
    given: list.length < PROPOSED_HOSTS ? proposedName(last, EXAMPLE_ANSWERS[key][0]?.name ?? '') : NO_MORE,
    schema: isNeeded ? computerName : nameOrNoMore,
    before,
    put: (value) => (value === NO_MORE ? before : withHost({ name: value, ip: '' })),
  });
  if (name === NO_MORE) return null;
  const ip = await soundAnswer<string>(asked, {
    text: `Address of ${name}`,
    given: proposedAddress(before, name, last),
    schema: ipAddress,
    before,
    put: (value) => withHost({ name, ip: value }),
  });
  return { name, ip };
}

const { site, directory, product } = siteShape.shape;

const nameOrNoMore = z.string().superRefine((said, context) => {
  const judged = said === NO_MORE ? null : computerName.safeParse(said);
  for (const { message } of judged?.error?.issues ?? []) context.addIssue({ code: 'custom', message });
});

/** Several values in one line, with commas or blanks between them. */
function severalOf<Value>(schema: z.ZodType<Value, string>) {
  return z
    .string()
    .transform((said) => said.split(/[\s,]+/))
    .pipe(z.array(schema));
}

/** 10.20.30.21/24 as an address and its mask. */
const addressInNetwork = subnet.transform((said) => {
  const [ip = '', length = ''] = said.split('/');
  const bits = Number(length) === 0 ? 0 : (0xffff_ffff << (32 - Number(length))) >>> 0;
  return { ip, mask: [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.') };
});

function accountOf(
  key: 'operator' | `${'engine' | 'agent' | 'master' | 'worker'}Account`,
  text: string,
): Question {
  const given = (draft: Draft) => proposedAccount(draft, EXAMPLE_ANSWERS[key]);
  return one({ key, text, given, schema: account });
}

const INTERVIEW: readonly Question[] = [
  one({ key: 'site', text: 'Name of the site', given: () => EXAMPLE_ANSWERS.site, schema: site }),
  one({
    key: 'domain',
    text: 'DNS name of the domain',
    given: () => EXAMPLE_ANSWERS.domain,
    schema: directory.shape.domain,
  }),
  one({
    key: 'netbios',
    text: 'NetBIOS name of the domain',
    given: proposedNetbios,
    schema: directory.shape.netbios,
  }),
  one({
    key: 'version',
    text: 'SQL Server: 2017, 2019 or 2022',
    given: () => String(EXAMPLE_ANSWERS.version),
    schema: z.preprocess(Number, product.shape.version),
  }),
  one({
    key: 'build',
    text: 'Build wanted on every host',
    given: proposedBuild,
    schema: product.shape.build,
  }),
  hosts({ key: 'nodes', what: 'node', least: 2, most: 8 }),
  hosts({ key: 'workers', what: 'worker', least: 1, most: 40 }),
  one({
    key: 'listenerName',
    text: 'Name of the listener',
    given: () => EXAMPLE_ANSWERS.listenerName,
    schema: computerName,
  }),
  one({
    key: 'listenerAddresses',
    text: 'Address of the listener with the length of its network, one for each subnet',
    given: (draft) =>
      proposedAddresses(draft, 21)
        .map((ip) => `${ip}/24`)
        .join(', '),
    schema: severalOf(addressInNetwork),
  }),
  one({
    key: 'clusterName',
    text: 'Name of the cluster',
    given: () => EXAMPLE_ANSWERS.clusterName,
    schema: computerName,
  }),
  one({
    key: 'clusterAddresses',
    text: 'Address of the cluster, one for each subnet',
    given: (draft) => proposedAddresses(draft, 20).join(', '),
    schema: severalOf(ipAddress),
  }),
  one({
    key: 'masterName',
    text: 'Name of the Scale Out Master',
    given: () => EXAMPLE_ANSWERS.masterName,
    schema: computerName,
  }),
  one({
    key: 'masterAddresses',
    text: 'Address of the Scale Out Master, one for each subnet',
    given: (draft) => proposedAddresses(draft, 22).join(', '),
    schema: severalOf(ipAddress),
  }),
  accountOf('operator', 'Account as which the runbook works'),
  accountOf('engineAccount', 'Account of the engine (a gMSA ends in $)'),
  accountOf('agentAccount', 'Account of SQL Server Agent'),
  accountOf('masterAccount', 'Account of the Scale Out Master'),
  accountOf('workerAccount', 'Account of the workers, as which packages run'),
];
