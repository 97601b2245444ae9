import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Visit } from '../visit.ts';
import { page } from '../pages/page.ts';
import { TroublePage } from '../pages/trouble-page.tsx';
import { ROLES } from '../visitor.ts';
import { stampOf, type Sessions } from './session.ts';
import { requiring, type SignIn } from './sign-in.ts';

interface KeyWish {
  readonly sessions: Sessions;
  /** Whoever knows it can read the folder, and so is its owner. */
  readonly key: string;
  /** The owner of the folder. */
  readonly owner: string;
}

/** Sign-in for one person on one machine: by a link that only the owner of the folder can read. */
export function signInByKey({ sessions, key, owner }: KeyWish): SignIn {
  const routes = new Hono<Visit>();
  const stamp = stampOf('link', key);
  routes.get('/sign-in', async (c) => {
    if (!isSame(c.req.query('key') ?? '', key)) return page(c, <HowToSignIn />, 401);
    await sessions.begin(c, { name: owner, roles: ROLES }, stamp);
    return c.redirect('/', 303);
  });
  routes.post('/sign-out', async (c) => {
    await sessions.end(c);
    return c.redirect('/sign-in', 303);
  });
  return {
    routes,
    required: requiring({
      sessions,
      standing: (session) => (session.stamp === stamp ? { name: session.name, roles: session.roles } : null),
      ask: (c) => page(c, <HowToSignIn />, 401),
    }),
  };
}

function HowToSignIn() {
  return (
    <TroublePage
      title="Who are you?"
      advice="Open the link that “ssis-ha ui --link” prints: it signs you in."
    />
  );
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
