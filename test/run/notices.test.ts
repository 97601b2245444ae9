import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import { controlActivities } from '../../activities/index.ts';
import { mailBy } from '../../src/adapters/mail.ts';
import { secrets } from '../../src/adapters/secrets.ts';
import { post } from '../../src/adapters/webhook.ts';
import {
  CONTROL_QUEUE,
  MESSAGES,
  type NoticeEvent,
  type Plan,
  type Receiver,
  type RunSnapshot,
  type Telling,
} from '../../workflows/contract.ts';
import { plannedStep } from '../workflows/planned-step.ts';
import {
  asked,
  decide,
  moment,
  onRun,
  PLAN,
  progress,
  RESTARTS_ENGINE,
  seen,
  update,
} from './made-up-run.ts';

/* Who is told of a run, held by the real workflows on a real server, over real HTTP. */

const { tellReceiver } = controlActivities(
  { version: '1', scripts: 'x' },
  { secrets, messenger: { post, mail: mailBy(secrets) }, controlRoom: () => 'http://127.0.0.1:7000' },
);

interface Heard {
  readonly event: NoticeEvent;
  readonly title: string;
  readonly link: string;
  readonly state: string;
}

interface Hook {
  readonly receiver: Receiver;
  /** The path, which is the secret part of the address. */
  readonly secret: string;
  readonly tries: () => number;
  readonly heard: (title: string) => Promise<Heard>;
}

/** A webhook that answers each try with the next status, the last again and again; its address lies in the environment. */
async function hook(name: string, on: readonly NoticeEvent[], ...statuses: number[]): Promise<Hook> {
  const kept: Heard[] = [];
  let tries = 0;
  let tell: () => void = () => undefined;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const status = statuses[Math.min(tries, statuses.length - 1)] ?? 200;
      tries += 1;
      if (status === 200) kept.push(JSON.parse(body) as Heard);
      response.writeHead(status).end();
      tell();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const secret = `abracadabra-${name}`;
  process.env[name] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`;
  const heard = (title: string): Promise<Heard> =>
    new Promise((resolve) => {
      tell = () => {
        const found = kept.find((one) => one.title.includes(title));
        if (found) resolve(found);
      };
      tell();
    });
  return {
    receiver: { kind: 'webhook', on, address: `env:${name}`, format: 'json' },
    secret,
    tries: () => tries,
    heard,
  };
}

const telling = (...receivers: readonly Receiver[]): Plan => ({ ...PLAN, notify: { link: null, receivers } });
const ALL: readonly NoticeEvent[] = ['question', 'failure', 'end'];

/** The workflow that tells the nth thing of a run. */
function noticeOf(run: WorkflowHandle, { runId }: RunSnapshot, at: number): WorkflowHandle {
  return run.client.getHandle(`${run.workflowId}/notice/${runId}/${at}`);
}

test('a receiver hears of question, failure and end, each with its link, though it fails at first', async () => {
  const all = await hook('HOOK_ALL', ALL, 503, 500, 200);
  const ends = await hook('HOOK_ENDS', ['end'], 200);
  await onRun({ plan: telling(all.receiver, ends.receiver), activities: { tellReceiver } }, async (run) => {
    const question = await asked(run);
    const { runId } = await progress(run);
    const heard = await all.heard('asks: Step (HOST)');
    expect(heard.event).toBe('question');
    expect(heard.link).toBe(
      `http://127.0.0.1:7000/runs/${runId}/questions/${encodeURIComponent(question.id)}`,
    );
    expect(all.tries()).toBe(3);
    await decide(run, question, { verdict: 'reject', reason: 'no' });
    expect((await all.heard('is stuck')).event).toBe('failure');
    const stuck = await asked(run, ({ about }) => about === 'stuck');
    await decide(run, stuck, { verdict: 'stop' });
    expect(await all.heard('made-up: stopped')).toMatchObject({
      event: 'end',
      link: `http://127.0.0.1:7000/runs/${runId}`,
    });
    await ends.heard('made-up: stopped');
    expect(ends.tries()).toBe(1);
  });
});

test('a receiver that is dead holds up neither the run nor its end, and its address is in no history', async () => {
  const dead = await hook('HOOK_DEAD', ALL, 503);
  await onRun({ plan: telling(dead.receiver), activities: { tellReceiver } }, async (run) => {
    await decide(run, await asked(run), {});
    const ended = (await run.result()) as RunSnapshot;
    expect(ended).toMatchObject({ state: 'done', steps: [{ state: 'changed' }] });
    const notice = noticeOf(run, ended, 1);
    expect((await notice.describe()).status.name).toBe('RUNNING');
    const histories = textIn([await run.fetchHistory(), await notice.fetchHistory()]);
    expect(histories).toContain('env:HOOK_DEAD');
    expect(histories).not.toContain(dead.secret);
    await notice.terminate();
    await noticeOf(run, ended, 2).terminate();
  });
});

/** All text of a history, also of its payloads, which are bytes. */
function textIn(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value !== null && typeof value === 'object') return Object.values(value).map(textIn).join(' ');
  return String(value);
}

test('what only a person can mend is not tried again, and does not harm the run', async () => {
  const gone = await hook('HOOK_GONE', ['question'], 404);
  const lost: Receiver = { kind: 'webhook', on: ['question'], address: 'env:HOOK_NOWHERE', format: 'slack' };
  await onRun({ plan: telling(gone.receiver, lost), activities: { tellReceiver } }, async (run) => {
    const question = await asked(run);
    const failed: unknown = await noticeOf(run, await progress(run), 1)
      .result()
      .catch((error: unknown) => error);
    expect(String((failed as Error).cause)).toContain('2 of 2 receivers could not be told');
    expect(gone.tries()).toBe(1);
    await decide(run, question, {});
    expect(await run.result()).toMatchObject({ state: 'done' });
  });
});

test('each address of a mail is told by itself, so that one which has to wait is tried again alone', async () => {
  const smtp = {
    server: 'mail',
    port: 25,
    tls: 'none',
    user: null,
    password: null,
    authorities: null,
  } as const;
  const to = ['dba@example.com', 'pager@example.com'];
  const mail: Receiver = { kind: 'mail', on: ['question'], to, from: 'ssis-ha@example.com', smtp };
  const told: string[] = [];
  const toldTwice = moment();
  const mails = async ({ receiver }: Telling): Promise<void> => {
    if (receiver.kind !== 'mail') return;
    told.push(receiver.to.join());
    if (receiver.to.includes('pager@example.com') && told.length < 3) throw new Error('450');
    if (told.length === 3) toldTwice.come();
    await Promise.resolve();
  };
  await onRun({ plan: telling(mail), activities: { tellReceiver: mails } }, async (run) => {
    const question = await asked(run);
    await toldTwice.comes;
    expect(told.toSorted()).toEqual([...to, 'pager@example.com']);
    await decide(run, question, {});
  });
});

test('nobody is told of a question that an approval ahead of time has settled', async () => {
  const all = await hook('HOOK_AHEAD', ['question', 'end'], 200);
  const first = plannedStep({ key: 'first@HOST', id: 'first', title: 'First', queue: CONTROL_QUEUE });
  const steps = [first, { ...RESTARTS_ENGINE, after: [first.key] }];
  const plan = { ...telling(all.receiver), steps, consent: { ...PLAN.consent, ahead: { maxHours: 12 } } };
  await onRun({ plan, activities: { tellReceiver } }, async (run) => {
    const question = await asked(run);
    await update(run, MESSAGES.approveAhead, {
      id: 'ahead',
      planHash: PLAN.hash,
      steps: [RESTARTS_ENGINE.key],
      kinds: [],
      from: new Date(Date.now() - 1_000).toISOString(),
      until: new Date(Date.now() + 3_600_000).toISOString(),
      by: 'ann',
      reason: 'CHG-1',
    });
    await all.heard('asks: First');
    await decide(run, question, {});
    await all.heard('done');
    expect(all.tries()).toBe(2);
  });
});

test('a verification on a schedule tells the same drift once, though it looks and asks again', async () => {
  const all = await hook('HOOK_VERIFY', ALL, 200);
  const check = plannedStep({ key: 'check@HOST', id: 'check', kind: 'check', queue: CONTROL_QUEUE });
  const plan = { ...telling(all.receiver), steps: [check] };
  const request = { mode: 'verify', asks: { againMinutes: 0.5 / 60 } } as const;
  await onRun({ plan, request, activities: { tellReceiver } }, async (run) => {
    await all.heard('is stuck');
    await seen(run, ({ questions }) => questions.some(({ id }) => id === 'check@HOST/4'));
    await run.signal(MESSAGES.end, { verdict: 'stop', by: 'ann', reason: 'seen' });
    expect(await run.result()).toMatchObject({ state: 'stopped' });
    expect(all.tries()).toBe(1);
  });
});
