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
export function signInByProvider({ sessions, settings, address }: ProviderWish): SignIn {
  const provider = new Provider(settings, address);
  const routes = new Hono<Visit>();
  // Whoever is let in by other rules than today's signs in again.
  const stamp = stampOf('provider', settings.issuer, settings.clientId, settings.name, settings.roles);
  const standing = (session: Session): Visitor | null =>
    session.stamp === stamp ? { name: session.name, roles: session.roles } : null;
  const again = (c: Context<Visit>, to: string, refused: string, status: 401 | 403 | 502) =>
    page(
      c,
      <ProviderPage to={to} provider={provider.host} refused={refused} isAnew={status === 403} />,
      status,
    );
  const awry = (c: Context<Visit>, to: string, error: unknown) => {
    const isOurs = error instanceof OperatorError;
    const fault = isOurs ? 'the log of the control room says more' : providerFault(error);
    process.stderr.write(`Sign-in at ${settings.issuer}: ${isOurs ? error.message : fault}\n`);
    return again(c, to, `The sign-in at ${provider.host} came to nothing (${fault}). Try again.`, 502);
  };

  routes.get('/sign-in', async (c) => {
    const to = localPath(c.req.query('to'));
    const session = await sessions.read(c);
    if (session !== null && standing(session) !== null) return c.redirect(to, 303);
    return page(c, <ProviderPage to={to} provider={provider.host} />);
  });
  routes.get('/sign-in/begin', async (c) => {
    const to = localPath(c.req.query('to'));
    // The provider leads back to this one address, and the errand must be found there.
    const here = new URL(`sign-in/begin${new URL(c.req.url).search}`, address);
    if (new URL(c.req.url).origin !== here.origin) return c.redirect(here.href, 303);
    try {
      const { page: asking, errand } = await provider.begin(to, c.req.query('anew') !== undefined);
      await sessions.keep(c, ERRAND, errand, ERRAND_SECONDS);
      return c.redirect(asking.href, 303);
    } catch (error) {
      return awry(c, to, error);
    }
  });
  routes.get('/sign-in/callback', async (c) => {
    const errand = await sessions.kept(c, ERRAND, errandShape);
    sessions.forget(c, ERRAND);
    const { search, searchParams } = new URL(c.req.url);
    if (errand === null || searchParams.get('state') !== errand.state)
      return again(c, '/', 'This sign-in was not begun in this browser, or too long ago. Begin anew.', 401);
    try {
      const visitor = claimedVisitor(await provider.claims(search, errand), settings);
      if ('refused' in visitor) return again(c, errand.to, visitor.refused, 403);
      await sessions.begin(c, visitor, stamp);
      return c.redirect(localPath(errand.to), 303);
    } catch (error) {
      return awry(c, errand.to, error);
    }
  });
  routes.post('/sign-out', async (c) => {
    await sessions.end(c);
    const leaving = await provider.leaving();
    if (leaving === null) return c.redirect('/sign-in', 303);
    return page(c, <LeavingPage provider={provider.host} address={leaving} />);
  });
  return { routes, required: requiring({ sessions, standing, ask: leadToSignIn }) };
}
