import { expect, test } from 'vitest';
import { SlowDown, type Door } from '../../src/web/sign-in/slow-down.ts';
import { controlRoom } from '../../src/web/control-room.tsx';
import { signInByPassword } from '../../src/web/sign-in/by-password.tsx';
import { Sessions } from '../../src/web/sign-in/session.ts';
import { folder, PASSWORD, people, withoutRuns } from './sign-in-room.ts';

const ALICE: readonly Door[] = [
  ['name from address', 'alice 203.0.113.7'],
  ['name', 'alice'],
  ['address', '203.0.113.7'],
];

/** A clock that is put forward by hand. */
function clock() {
  let now = 0;
  return { slowDown: new SlowDown(() => now), pass: (seconds: number) => (now += seconds * 1000) };
}

test('a few wrong tries cost nothing, then the wait doubles up to its bound', () => {
  const { slowDown, pass } = clock();
  const waits = Array.from({ length: 14 }, () => {
    const wait = slowDown.begin(ALICE);
    pass(wait);
    const after = wait > 0 ? slowDown.begin(ALICE) : 0;
    return [wait, after];
  });
  const expected = [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60];
  expect(waits).toEqual(expected.map((wait) => [wait, 0]));
});

test('what comes too early does not count: nobody can make the wait of another longer without waiting', () => {
  const { slowDown, pass } = clock();
  for (let tries = 0; tries < 4; tries += 1) pass(slowDown.begin([['name from address', 'alice']]));
  const wait = slowDown.begin([['name from address', 'alice']]);
  for (let tries = 0; tries < 1_000; tries += 1)
    expect(slowDown.begin([['name from address', 'alice']])).toBe(wait);
});

test('a name never waits longer than a minute', () => {
  const { slowDown, pass } = clock();
  for (let tries = 0; tries < 50; tries += 1) {
    const wait = slowDown.begin([['name from address', 'alice']]);
    expect(wait).toBeLessThanOrEqual(60);
    pass(wait);
    if (wait > 0) slowDown.begin([['name from address', 'alice']]);
  }
});

test('many tries at once gain nothing', () => {
  const { slowDown } = clock();
  const begun = Array.from({ length: 100 }, () => slowDown.begin(ALICE)).filter((wait) => wait === 0);
  expect(begun).toHaveLength(4);
});

test('a right try frees the name, but not the address from what it tried at other names', () => {
  const { slowDown } = clock();
  const address: Door = ['address', '203.0.113.7'];
  for (let tries = 0; tries < 9; tries += 1) slowDown.begin([['name', `guess-${tries}`], address]);
  expect(slowDown.begin(ALICE)).toBe(0);
  slowDown.forgive(ALICE);
  expect(slowDown.begin([['name', 'bob'], address])).toBe(0);
  expect(slowDown.begin([['name', 'dave'], address])).toBeGreaterThan(0);
});

test('who guesses all the time from elsewhere keeps nobody out who knows the password', () => {
  const { slowDown, pass } = clock();
  const from = (address: string): readonly Door[] => [
    ['name from address', `alice ${address}`],
    ['name', 'alice'],
    ['address', address],
  ];
  for (let second = 0; second < 7_200; second += 1) {
    slowDown.begin(from('198.51.100.1'));
    pass(1);
  }
  while (slowDown.begin(from('198.51.100.1')) > 0) pass(1);
  expect(slowDown.begin(from('203.0.113.7'))).toBe(10);
  pass(10);
  expect(slowDown.begin(from('203.0.113.7'))).toBe(0);
});

test('guesses from ever other networks are slowed down by the name', () => {
  const { slowDown, pass } = clock();
  const guess = (nth: number) =>
    slowDown.begin([
      ['name from address', `alice ${nth}`],
      ['name', 'alice'],
      ['address', String(nth)],
    ]);
  const begun = Array.from({ length: 3_600 }, (_each, nth) => {
    pass(1);
    return guess(nth);
  }).filter((wait) => wait === 0);
  expect(begun.length).toBeLessThan(30 + 3_600 / 9);
});

test('a try that nobody looked at does not count', () => {
  const { slowDown } = clock();
  for (let tries = 0; tries < 100; tries += 1) {
    expect(slowDown.begin(ALICE)).toBe(0);
    slowDown.takeBack(ALICE);
  }
  expect(slowDown.size).toBe(0);
});

test('an hour after the last wrong try it is forgotten', () => {
  const { slowDown, pass } = clock();
  for (let tries = 0; tries < 12; tries += 1) pass(slowDown.begin(ALICE));
  pass(3_601);
  expect(slowDown.begin(ALICE)).toBe(0);
});

test('strangers cannot fill the memory', () => {
  const { slowDown } = clock();
  for (let tries = 0; tries < 20_000; tries += 1) slowDown.begin([['name', `stranger-${tries}`]]);
  expect(slowDown.size).toBe(10_000);
});

/** A control room whose clock stands still, asked without a network between. */
async function roomOfNoTime() {
  const directory = folder();
  const users = await people(directory, { alice: ['viewer'] });
  const sessions = new Sessions({ secret: 'a secret of the folder', hours: 12 });
  const signIn = signInByPassword({ sessions, users, slowDown: new SlowDown(() => 0) });
  const app = controlRoom({ client: withoutRuns, signIn, directory });
  return async (password: string, cookie = '', visitorAddress = '203.0.113.7'): Promise<Response> =>
    app.request(
      'http://127.0.0.1/sign-in',
      {
        method: 'POST',
        body: new URLSearchParams({ name: 'alice', password }),
        headers: { origin: 'http://127.0.0.1', cookie },
      },
      { visitorAddress },
    );
}

test('who guesses is told to wait, while alice still comes in by the browser that she used before', async () => {
  const signIn = await roomOfNoTime();
  const cookies = (await signIn(PASSWORD)).headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const known = cookies.find((cookie) => cookie?.includes('-known=')) ?? '';
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_each, at) => signIn(`a wrong password ${at}`)),
  );
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 429, 429, 429, 429]);
  const slowed = answers.at(-1);
  expect(slowed?.headers.get('retry-after')).toBe('1');
  expect(await slowed?.text()).toContain('Too many tries. Wait 1 second, then try again.');
  // The right password does not help who guesses, and tells them nothing.
  expect((await signIn(PASSWORD)).status).toBe(429);
  expect((await signIn(PASSWORD, `${known}x`)).status).toBe(429);
  expect((await signIn(PASSWORD, known)).status).toBe(303);
});
