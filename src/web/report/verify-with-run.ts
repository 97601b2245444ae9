import { journalHeadInRecord, type HeadWitness, type NoWitness, type RunClient } from '../../client.ts';
import { planToShow } from '../../client/shown-plan.ts';
import { counted } from '../../present/measures.ts';
import type { FileVerification, Check } from './verify-report.ts';

type Found = NonNullable<FileVerification['found']>;

/** Holds a report against the run that it tells of, or against what the server or the folder kept of it. */
export async function verifyWithRun(
  { document, run }: Found,
  client: RunClient,
  directory: string,
): Promise<readonly Check[]> {
  const { events, head } = document;
  const witness = await client.journalHead(run, events.length);
  const why = `the server at ${client.address} cannot tell`;
  const advice = 'Start the control worker that performed it, or name its folder: --dir DIR';
  return [
    judged(witness, { head, count: events.length, address: client.address, directory, why, advice }),
    ...(await planChecks({ document, run }, client)),
  ];
}

/** Holds a report against what the folder kept of the run, without any server. `why` there is none, in words. */
export async function verifyWithRecord(
  { document, run }: Found,
  directory: string,
  why: string,
): Promise<readonly Check[]> {
  const { events, head, plan } = document;
  const witness = await journalHeadInRecord(directory, run.runId, events.length);
  const advice = 'Name the server: --address HOST:PORT or --dir DIR';
  const journal = judged(witness, { head, count: events.length, address: '', directory, why, advice });
  return [journal, ...(plan === null ? [] : [planNotKnown(why)])];
}

/** Who says so, and what that is worth. */
const WITNESS_WORDS: Readonly<Record<HeadWitness['from'], (address: string, directory: string) => string>> = {
  run: (address) => `the run itself, asked at ${address},`,
  result: (address) => `the run's result, as the server at ${address} keeps it,`,
  record: (_address, directory) =>
    `the record in ${directory}, which whoever may write there could have changed too,`,
};

/** Why a record cannot say it. */
const RECORD_WORDS: Readonly<Record<NoWitness['record'], (directory: string) => string>> = {
  missing: (directory) => `${directory} keeps no record of its events`,
  behind: (directory) => `the record in ${directory} is of an earlier moment of the run`,
  broken: (directory) => `the events that ${directory} keeps of it are not those whose head its record names`,
};

interface Claim {
  readonly head: string;
  readonly count: number;
  readonly address: string;
  readonly directory: string;
  /** Why no server told. */
  readonly why: string;
  readonly advice: string;
}

function judged(witness: HeadWitness | NoWitness, claim: Claim): Check {
  const { head, count, address, directory, why, advice } = claim;
  if (witness.from === 'nobody') {
    const record = RECORD_WORDS[witness.record](directory);
    const says = `The chain agrees with itself; whether the run recorded it is not known: ${why}, and ${record}. ${advice}.`;
    return { about: 'journal', outcome: 'not known', says };
  }
  const by = WITNESS_WORDS[witness.from](address, directory);
  if (witness.head === head) {
    return {
      about: 'journal',
      outcome: 'agrees',
      says: `That is the head that ${by} names after ${counted(count, 'event')}.`,
    };
  }
  const instead = witness.head === null ? 'has fewer events' : `names the head ${witness.head} after them`;
  const says = `These ${counted(count, 'event')} are not those of the run: ${by} ${instead}.`;
  return { about: 'journal', outcome: 'differs', says };
}

/** The chain names the plan by its hash alone, which is made over more than a report may hold. */
async function planChecks({ document, run }: Found, client: RunClient): Promise<readonly Check[]> {
  if (document.plan === null) return [];
  const plan = await client.plan(run).catch(() => null);
  if (plan === null)
    return [planNotKnown('its server does not answer, has forgotten the run, or knows no plan of it')];
  return JSON.stringify(planToShow(plan)) === JSON.stringify(document.plan)
    ? [{ about: 'plan', outcome: 'agrees', says: 'The plan is the one that the run performs.' }]
    : [{ about: 'plan', outcome: 'differs', says: 'The plan is not the one that the run performs.' }];
}

function planNotKnown(why: string): Check {
  return {
    about: 'plan',
    outcome: 'not known',
    says: `Whether the plan is the one that was performed is not known: ${why}.`,
  };
}
