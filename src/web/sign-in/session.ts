import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import { z } from 'zod';
import { ROLES, type Visitor } from '../visitor.ts';

const sessionShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** Of what the sign-in rested on: a session ends when that is changed. */
  stamp: z.string(),
  /** In milliseconds: a cookie's own end is only what its browser is asked to keep to. */
  until: z.number(),
});

/** Somebody who has signed in, as their browser keeps it. */
export type Session = z.infer<typeof sessionShape>;

interface SessionsWish {
  /** Of the folder. */
  readonly secret: string;
  readonly hours: number;
}

/** Who has signed in, kept in signed cookies; of sessions that were ended before their time the ids are kept here. */
export class Sessions {
  private readonly secret: string;
  private readonly hours: number;
  private readonly cookie: string;
  /** Until when each would have lasted. Only who had a session can end one, so that nobody else can fill it. */
  private readonly ended = new Map<string, number>();

  constructor({ secret, hours }: SessionsWish) {
    this.secret = secret;
    this.hours = hours;
    // Browsers give a cookie to all ports of a machine: each folder has a name of its own.
    this.cookie = `ssis-ha-${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
  }

  async begin(c: Context, { name, roles }: Visitor, stamp: string): Promise<void> {
    const until = Date.now() + this.hours * 3_600_000;
    const session: Session = { id: randomUUID(), name, roles: [...roles], stamp, until };
    await this.keep(c, '', session, Math.floor(this.hours * 3600));
  }

  /** Null where nobody has signed in, the time is over, or the cookie is not one of ours. */
  async read(c: Context): Promise<Session | null> {
    const session = await this.kept(c, '', sessionShape);
    return session !== null && this.lasts(session) ? session : null;
  }

  /** Whether the time of a session is not over, and nobody has ended it. */
  lasts({ id, until }: Session): boolean {
    return until > Date.now() && !this.ended.has(id);
  }

  /** Of the browser and for good: a copy of the cookie does not work either, as long as this process lives. */
  async end(c: Context): Promise<void> {
    const session = await this.read(c);
    for (const [id, until] of this.ended) if (until <= Date.now()) this.ended.delete(id);
    if (session !== null) this.ended.set(session.id, session.until);
    this.forget(c, '');
  }

  /** Gives the browser something to keep beside the session, under a suffix of the cookie's name. */
  async keep(c: Context, suffix: string, value: unknown, maxAgeSeconds: number): Promise<void> {
    const options = { ...this.options(c), maxAge: maxAgeSeconds };
    await setSignedCookie(c, this.cookie + suffix, JSON.stringify(value), this.secret, options);
  }

  /** What the browser was given; null where it has nothing, or nothing of ours. */
  async kept<Value>(c: Context, suffix: string, shape: z.ZodType<Value>): Promise<Value | null> {
    const { prefix } = this.options(c);
    const text = await getSignedCookie(c, this.secret, this.cookie + suffix, prefix);
    if (typeof text !== 'string') return null;
    return shape.safeParse(parsed(text)).data ?? null;
  }

  forget(c: Context, suffix: string): void {
    deleteCookie(c, this.cookie + suffix, this.options(c));
  }

  /**
   * Lax and not Strict: a link from a message must open the page that it names.
   *
   * Source: draft-ietf-httpbis-rfc6265bis, section 4.1.3.2, the prefix "__Host-".
   */
  private options(c: Context): CookieOptions {
    const isSecure = new URL(c.req.url).protocol === 'https:';
    return {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: isSecure,
      ...(isSecure && { prefix: 'host' as const }),
    };
  }
}

/** Names what a sign-in rests on, without telling it. */
export function stampOf(...what: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 22);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
