import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import { z } from 'zod';
import { ROLES, type Visitor } from '../visitor.ts';

const COOKIE = 'ssis-ha';
const LASTS_HOURS = 12;

const kept = z.strictObject({
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** In milliseconds: a cookie's own end is only what its browser is asked to keep to. */
  until: z.number(),
});

/** Who has signed in, kept in a signed cookie; nothing is kept on the server. */
export class Sessions {
  private readonly secret: string;

  constructor(secret: string) {
    this.secret = secret;
  }

  async begin(c: Context, { name, roles }: Visitor): Promise<void> {
    const until = Date.now() + LASTS_HOURS * 3_600_000;
    const isSecure = new URL(c.req.url).protocol === 'https:';
    await setSignedCookie(c, COOKIE, JSON.stringify({ name, roles, until }), this.secret, {
      httpOnly: true,
      sameSite: 'Lax',
      secure: isSecure,
      path: '/',
      maxAge: LASTS_HOURS * 3600,
    });
  }

  /** Null where nobody has signed in, the time is over, or the cookie is not one of ours. */
  async visitor(c: Context): Promise<Visitor | null> {
    const text = await getSignedCookie(c, this.secret, COOKIE);
    if (typeof text !== 'string') return null;
    const { name, roles, until } = kept.parse(JSON.parse(text));
    return until > Date.now() ? { name, roles } : null;
  }

  end(c: Context): void {
    deleteCookie(c, COOKIE, { path: '/' });
  }
}
