import { Hono, type Context } from 'hono';
import { OperatorError } from '../../failures.ts';
import { page } from '../pages/page.ts';
import { LeavingPage, ProviderPage } from '../pages/sign-in-page.tsx';
import type { OpenIdConnectSettings } from '../settings/settings-shape.ts';
import type { Visit } from '../visit.ts';
import type { Visitor } from '../visitor.ts';
import { claimedVisitor } from './claimed-visitor.ts';
import { localPath } from './local-path.ts';
import { errandShape, Provider, providerFault } from './provider.ts';
import { stampOf, type Session, type Sessions } from './session.ts';
import { leadToSignIn, requiring, type SignIn } from './sign-in.ts';

interface ProviderWish {
  readonly sessions: Sessions;
  readonly settings: OpenIdConnectSettings;
  /** Where browsers find the control room, with a slash at the end. */
  readonly address: string;
}

const ERRAND = '-errand';
const ERRAND_SECONDS = 600;

/** Sign-in at a provider of OpenID Connect: by code, with PKCE, state and nonce. */
export function signInByProvider(wish: ProviderWish): SignIn {
  const { sessions } = wish;
  const door = new ProviderDoor(wish);
  const routes = new Hono<Visit>();
  routes.get('/sign-in', async (c) => {
    const to = localPath(c.req.query('to'));
    const session = await sessions.read(c);
    return session !== null && door.standing(session) !== null ? c.redirect(to, 303) : door.ask(c, to);
  });
  routes.get('/sign-in/begin', (c) => door.begin(c, localPath(c.req.query('to'))));
  routes.get('/sign-in/callback', (c) => door.cameBack(c));
  routes.post('/sign-out', (c) => door.leave(c));
  const standing = (session: Session) => door.standing(session);
  return { routes, required: requiring({ sessions, standing, ask: leadToSignIn }) };
}

interface Refusal {
  readonly why: string;
  readonly status: 401 | 403 | 502;
}

class ProviderDoor {
  private readonly wish: ProviderWish;
  private readonly provider: Provider;
  /** Whoever was let in by other rules than today's signs in again. */
  private readonly stamp: string;

  constructor(wish: ProviderWish) {
    const { issuer, clientId, name, roles } = wish.settings;
    this.wish = wish;
    this.provider = new Provider(wish.settings, wish.address);
    this.stamp = stampOf('provider', issuer, clientId, name, roles);
  }

  standing({ name, roles, stamp }: Session): Visitor | null {
    return stamp === this.stamp ? { name, roles } : null;
  }

  ask(c: Context<Visit>, to: string, refused?: Refusal): Response {
    const { host } = this.provider;
    if (refused === undefined) return page(c, <ProviderPage to={to} provider={host} />);
    const { why, status } = refused;
    return page(c, <ProviderPage to={to} provider={host} refused={why} isAnew={status === 403} />, status);
  }

  async begin(c: Context<Visit>, to: string): Promise<Response> {
    const { origin, search } = new URL(c.req.url);
    // The provider leads back to this one address, and the errand must be found there.
    const here = new URL(`sign-in/begin${search}`, this.wish.address);
    if (origin !== here.origin) return c.redirect(here.href, 303);
    try {
      const { page: asking, errand } = await this.provider.begin(to, c.req.query('anew') !== undefined);
      await this.wish.sessions.keep(c, ERRAND, errand, ERRAND_SECONDS);
      return c.redirect(asking.href, 303);
    } catch (error) {
      return this.awry(c, to, error);
    }
  }

  async cameBack(c: Context<Visit>): Promise<Response> {
    const { sessions, settings } = this.wish;
    const errand = await sessions.kept(c, ERRAND, errandShape);
    sessions.forget(c, ERRAND);
    const { search, searchParams } = new URL(c.req.url);
    if (errand === null || searchParams.get('state') !== errand.state) return this.ask(c, '/', NOT_BEGUN);
    try {
      const visitor = claimedVisitor(await this.provider.claims(search, errand), settings);
      if ('refused' in visitor) return this.ask(c, errand.to, { why: visitor.refused, status: 403 });
      await sessions.begin(c, visitor, this.stamp);
      return c.redirect(localPath(errand.to), 303);
    } catch (error) {
      return this.awry(c, errand.to, error);
    }
  }

  async leave(c: Context<Visit>): Promise<Response> {
    await this.wish.sessions.end(c);
    const leaving = await this.provider.leaving();
    if (leaving === null) return c.redirect('/sign-in', 303);
    return page(c, <LeavingPage provider={this.provider.host} address={leaving} />);
  }

  /** What is wrong on this side is for the log alone: it may tell of files. */
  private awry(c: Context<Visit>, to: string, error: unknown): Response {
    const isOurs = error instanceof OperatorError;
    const fault = isOurs ? 'the log of the control room says more' : providerFault(error);
    process.stderr.write(`Sign-in at ${this.wish.settings.issuer}: ${isOurs ? error.message : fault}\n`);
    const why = `The sign-in at ${this.provider.host} came to nothing (${fault}). Try again.`;
    return this.ask(c, to, { why, status: 502 });
  }
}

const NOT_BEGUN: Refusal = {
  why: 'This sign-in was not begun in this browser, or too long ago. Begin anew.',
  status: 401,
};
