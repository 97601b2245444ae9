import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { OperatorError } from '../../failures.ts';
import { page } from '../pages/page.ts';
import { PasswordPage } from '../pages/sign-in-page.tsx';
import type { Visit } from '../visit.ts';
import type { Visitor } from '../visitor.ts';
import { localPath } from './local-path.ts';
import { PasswordCheck } from './password-check.ts';
import { stampOf, type Session, type Sessions } from './session.ts';
import { leadToSignIn, requiring, type SignIn } from './sign-in.ts';
import { SlowDown, type Door } from './slow-down.ts';
import { isSameName, type User, type UsersFile } from './users-file.ts';

const formShape = z.object({
  name: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(1024),
  to: z.string().default('/'),
});
type Form = z.infer<typeof formShape>;

const MOST_BYTES = 16_384;

interface PasswordWish {
  readonly sessions: Sessions;
  readonly users: UsersFile;
  readonly slowDown?: SlowDown;
}

/** Sign-in by name and password, for the people of a file. */
export function signInByPassword(wish: PasswordWish): SignIn {
  const { sessions } = wish;
  const find = findIn(wish.users);
  const tries = new PasswordTries(wish, find);
  const routes = new Hono<Visit>();
  const standing = (session: Session) => standingOf(session, find);
  routes.get('/sign-in', async (c) => {
    const to = localPath(c.req.query('to'));
    const session = await sessions.read(c);
    if (session !== null && standing(session) !== null) return c.redirect(to, 303);
    return page(c, <PasswordPage to={to} />);
  });
  routes.post('/sign-in', bodyLimit({ maxSize: MOST_BYTES }), async (c) => {
    const form = formShape.safeParse(await c.req.parseBody());
    if (form.success) return tries.take(c, form.data);
    return page(c, <PasswordPage to="/" refused="Give a name and a password." />, 400);
  });
  routes.post('/sign-out', async (c) => {
    await sessions.end(c);
    return c.redirect('/sign-in', 303);
  });
  return { routes, required: requiring({ sessions, standing, ask: leadToSignIn }) };
}

/** What the cookie says of roles is not believed: they may have been changed since. */
function standingOf({ name, stamp }: Session, find: Find): Visitor | null {
  const user = find(name);
  return user !== null && stampFor(user) === stamp ? { name: user.name, roles: user.roles } : null;
}

type Find = (name: string) => User | null;

/** What is wrong with the file is for whoever runs the control room, not for whoever comes to its door. */
function findIn(users: UsersFile): Find {
  return (name) => {
    try {
      return users.find(name);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      process.stderr.write(`${error.message}\n${error.advice}\n`);
      throw new OperatorError(
        'Nobody can sign in at present',
        'Ask whoever runs the control room to read its log.',
      );
    }
  };
}

/** A new password ends the sessions that began with the old one. */
function stampFor({ name, password }: User): string {
  return stampOf('password', name, password);
}

const KNOWN = '-known';
const KNOWN_DAYS = 90;

/** A browser in which somebody has signed in before. */
const knownShape = z.strictObject({ id: z.string(), name: z.string(), stamp: z.string() });

class PasswordTries {
  private readonly sessions: Sessions;
  private readonly find: Find;
  private readonly check: PasswordCheck;
  private readonly slowDown: SlowDown;

  constructor({ sessions, slowDown = new SlowDown() }: PasswordWish, find: Find) {
    this.sessions = sessions;
    this.find = find;
    this.check = new PasswordCheck(find);
    this.slowDown = slowDown;
  }

  async take(c: Context<Visit>, { name, password, to }: Form): Promise<Response> {
    const doors = await this.doorsFor(c, name);
    const waitSeconds = this.slowDown.begin(doors);
    const again = { to: localPath(to), name };
    if (waitSeconds > 0) return later(c, again, waitSeconds);
    const user = await this.check.userFor(name, password);
    if (user === 'busy') {
      this.slowDown.takeBack(doors);
      return later(c, again, 2);
    }
    if (user === null)
      return page(c, <PasswordPage {...again} refused="The name or the password is wrong." />, 401);
    this.slowDown.forgive(doors);
    const stamp = stampFor(user);
    await this.sessions.begin(c, user, stamp);
    const known = { id: randomUUID(), name: user.name, stamp };
    await this.sessions.keep(c, KNOWN, known, KNOWN_DAYS * 86_400);
    return c.redirect(again.to, 303);
  }

  /** A browser that is known for this very name has a door of its own. */
  private async doorsFor(c: Context<Visit>, name: string): Promise<readonly Door[]> {
    const known = await this.sessions.kept(c, KNOWN, knownShape);
    const user = this.find(name);
    if (known && user && isSameName(known.name, name) && known.stamp === stampFor(user))
      return [['device', known.id]];
    const called = name.normalize('NFKC').toLowerCase();
    const address = c.env?.visitorAddress ?? '';
    return [
      ['name from address', JSON.stringify([called, address])],
      ['name', called],
      ['address', address],
    ];
  }
}

function later(
  c: Context<Visit>,
  again: { readonly to: string; readonly name: string },
  waitSeconds: number,
): Response {
  c.header('Retry-After', String(waitSeconds));
  const refused = `Too many tries. Wait ${waitSeconds} ${waitSeconds === 1 ? 'second' : 'seconds'}, then try again.`;
  return page(c, <PasswordPage {...again} refused={refused} />, 429);
}
