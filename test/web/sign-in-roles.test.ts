import { expect, test } from 'vitest';
import { requiring } from '../../src/web/sign-in/sign-in.ts';
import { Sessions } from '../../src/web/sign-in/session.ts';
import { mustBeAllowed, NotAllowed, refusalFor, ROLES, type Deed, type Role } from '../../src/web/visitor.ts';
import { questionWith, shownRun } from '../cli/snapshots.ts';
import { clientOf, signedIn } from './signed-in.ts';

/* Who may do what. */

const NEEDS: Readonly<Record<Deed, Role>> = {
  start: 'operator',
  end: 'operator',
  export: 'operator',
  approve: 'approver',
  reject: 'approver',
  retry: 'operator',
  skip: 'operator',
  undo: 'operator',
  stop: 'operator',
};
const TABLE = (Object.keys(NEEDS) as Deed[]).flatMap((deed) => ROLES.map((role) => [role, deed] as const));

test.each(TABLE)('%s and %s', (role, deed) => {
  const alice = { name: 'alice', roles: [role] };
  const why = `That needs the role ${NEEDS[deed]}, and alice has the role ${role}.`;
  const isRight = role === NEEDS[deed];
  expect(refusalFor(alice, deed)).toBe(isRight ? null : why);
  expect(refusedWith(() => mustBeAllowed(alice, deed))).toBe(isRight ? null : why);
});

function refusedWith(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof NotAllowed ? error.message : String(error);
  }
}

test.each(ROLES)('what a run is told by a %s, and the page that says why not', async (role) => {
  const asked: string[] = [];
  const run = shownRun({ questions: [questionWith()] });
  const client = clientOf(run, {
    answer: (_run, { by, verdict }) => {
      asked.push(`${by} ${verdict}`);
      return Promise.resolve();
    },
  });
  const { post } = await signedIn([role], client);
  const form = { stepKey: 'a', questionId: 'b', planHash: '', reason: '' };
  const verdicts = ['approve', 'reject', 'retry', 'skip', 'undo', 'stop'] as const;
  for (const verdict of verdicts) {
    const answer = await post(`/runs/${run.runId}/answer`, { ...form, verdict, by: 'mallory' });
    const isRight = NEEDS[verdict] === role;
    expect(answer.status).toBe(isRight ? 303 : 403);
    const why = `That needs the role ${NEEDS[verdict]}, and alice has`;
    expect((await answer.text()).includes(why)).toBe(!isRight);
  }
  const mine = verdicts.filter((verdict) => NEEDS[verdict] === role);
  expect(asked).toEqual(mine.map((verdict) => `alice ${verdict}`));
});

test('a page that is live ends with the session, and with a role that was taken', async () => {
  const sessions = new Sessions({ secret: 'a secret of the folder', hours: 12 });
  let roles: readonly Role[] = ['viewer'];
  const required = requiring({
    sessions,
    standing: ({ name }) => ({ name, roles }),
    ask: (c) => c.text('no', 401),
  });
  const { Hono } = await import('hono');
  const app = new Hono<import('../../src/web/visit.ts').Visit>();
  app.get('/in', async (c) => {
    await sessions.begin(c, { name: 'alice', roles }, '');
    return c.text('in');
  });
  let send: (text: string) => void = () => undefined;
  app.get('/live', required, (c) => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => (send = (text) => controller.enqueue(new TextEncoder().encode(text))),
    });
    return c.body(stream, 200, { 'content-type': 'text/event-stream' });
  });
  const cookie = (await app.request('/in')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const live = await app.request('/live', { headers: { cookie } });
  const reader = live.body?.getReader();
  send('one');
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one');
  roles = ['operator'];
  send('two');
  expect((await reader?.read())?.done).toBe(true);
});
