import type { Context, Hono, MiddlewareHandler } from 'hono';
import { page } from '../pages/page.ts';
import { SignedOutPage } from '../pages/sign-in-page.tsx';
import type { Visit } from '../visit.ts';
import type { Visitor } from '../visitor.ts';
import { localPath } from './local-path.ts';
import type { Session, Sessions } from './session.ts';

/** One way in which people say who they are. */
export interface SignIn {
  /** Its pages; they are open to everybody. */
  readonly routes: Hono<Visit>;
  /** Lets nobody pass who has not signed in; tells the routes behind it who it is. */
  readonly required: MiddlewareHandler<Visit>;
}

interface Gate {
  readonly sessions: Sessions;
  /** Who a session stands for now; null where what it rested on is no more. */
  readonly standing: (session: Session) => Visitor | null;
  /** Answers whoever has not signed in. */
  readonly ask: (c: Context<Visit>) => Response;
}

/** Lets pass who has a session that stands. */
export function requiring({ sessions, standing, ask }: Gate): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const session = await sessions.read(c);
    const visitor = session === null ? null : standing(session);
    if (visitor === null) return ask(c);
    c.set('visitor', visitor);
    return next();
  };
}

/** Leads to the sign-in, and from there to the page that was asked for. */
export function leadToSignIn(c: Context<Visit>): Response {
  if (!c.req.header('accept')?.includes('text/html')) return c.text('Sign in first.', 401);
  if (c.req.method === 'GET') {
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(signInAt(pathname + search), 303);
  }
  const from = c.req.header('referer');
  const { pathname, search } =
    from !== undefined && URL.canParse(from) ? new URL(from) : new URL('http://here/');
  return page(c, SignedOutPage({ signIn: signInAt(pathname + search) }), 401);
}

function signInAt(asked: string): string {
  const to = localPath(asked);
  return to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`;
}
