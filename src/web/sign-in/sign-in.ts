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

/** Lets pass who has a session that stands. What goes on after the answer, ends with the session. */
export function requiring({ sessions, standing, ask }: Gate): MiddlewareHandler<Visit> {
  return async (c, next) => {
    const session = await sessions.read(c);
    const visitor = session === null ? null : standing(session);
    if (session === null || visitor === null) return ask(c);
    c.set('visitor', visitor);
    await next();
    const { body, headers } = c.res;
    if (body === null || !headers.get('content-type')?.startsWith('text/event-stream')) return undefined;
    const stands = () => sessions.lasts(session) && isSameVisitor(standing(session), visitor);
    c.res = new Response(body.pipeThrough(endingUnless(stands)), c.res);
    return undefined;
  };
}

/** A page that is live asks only once; whoever may see it is asked before each thing that it is sent. */
function endingUnless(stands: () => boolean): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, stream) {
      if (stands()) stream.enqueue(chunk);
      else stream.terminate();
    },
  });
}

function isSameVisitor(one: Visitor | null, other: Visitor): boolean {
  return one?.name === other.name && one.roles.join() === other.roles.join();
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
