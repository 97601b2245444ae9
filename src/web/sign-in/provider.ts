import * as openid from 'openid-client';
import { z } from 'zod';
import { secrets } from '../../secrets.ts';
import { isLoopbackUrl } from '../settings/loopback.ts';
import type { OpenIdConnectSettings } from '../settings/settings-shape.ts';

/** What this browser must bring back from the provider, so that nobody else's answer is taken. */
export const errandShape = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
});
export type Errand = z.infer<typeof errandShape>;

export type Claims = Readonly<Record<string, unknown>>;

/** A provider of OpenID Connect, as far as sign-in needs it. */
export class Provider {
  private readonly settings: OpenIdConnectSettings;
  /** Where it sends people back to. */
  private readonly callback: string;
  private readonly left: string;
  private known: Promise<openid.Configuration> | null = null;

  /** `address` is where browsers find the control room, with a slash at the end. */
  constructor(settings: OpenIdConnectSettings, address: string) {
    this.settings = settings;
    this.callback = new URL('sign-in/callback', address).href;
    this.left = new URL('sign-in', address).href;
  }

  /** As people know it. */
  get host(): string {
    return new URL(this.settings.issuer).host;
  }

  /**
   * The page of the provider that asks who somebody is (`isAnew`: also where it knows), and what must come back.
   *
   * Source: OpenID Connect Core 1.0, section 3.1.2.1, prompt.
   */
  async begin(to: string, isAnew: boolean): Promise<{ readonly page: URL; readonly errand: Errand }> {
    const config = await this.configuration();
    const verifier = openid.randomPKCECodeVerifier();
    const errand = { state: openid.randomState(), nonce: openid.randomNonce(), verifier, to };
    const page = openid.buildAuthorizationUrl(config, {
      redirect_uri: this.callback,
      scope: this.settings.scopes.join(' '),
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: errand.state,
      nonce: errand.nonce,
      ...(isAnew && { prompt: 'login' }),
    });
    return { page, errand };
  }

  /** What the provider says of somebody who came back from it. `search` is that of the address they came to. */
  async claims(search: string, { state, nonce, verifier }: Errand): Promise<Claims> {
    const config = await this.configuration();
    const tokens = await openid.authorizationCodeGrant(config, new URL(this.callback + search), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims: Claims = tokens.claims() ?? {};
    const { name, roles } = this.settings;
    const isAllSaid = claimAt(claims, name) !== undefined && claimAt(claims, roles.claim) !== undefined;
    if (isAllSaid || config.serverMetadata().userinfo_endpoint === undefined) return claims;
    // Some providers keep groups out of the token. Source: OpenID Connect Core 1.0, section 5.4.
    const more = await openid.fetchUserInfo(config, tokens.access_token, String(claims['sub']));
    return { ...more, ...claims };
  }

  /**
   * The page that ends the session at the provider; null where it has none, or is not there.
   *
   * Source: OpenID Connect RP-Initiated Logout 1.0, section 2, client_id and post_logout_redirect_uri.
   */
  async leaving(): Promise<string | null> {
    const config = await this.configuration().catch(() => null);
    if (config?.serverMetadata().end_session_endpoint === undefined) return null;
    return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: this.left }).href;
  }

  /** Asked for when it is first needed, and again where the provider was not there. */
  private configuration(): Promise<openid.Configuration> {
    this.known ??= this.discover().catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  private async discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const secret = clientSecret === undefined ? null : (await secrets.resolve(clientSecret)).reveal();
    const execute = issuer.startsWith('http:') && isLoopbackUrl(issuer) ? [openid.allowInsecureRequests] : [];
    const authentication = secret === null ? openid.None() : openid.ClientSecretBasic(secret);
    return openid.discovery(new URL(issuer), clientId, {}, authentication, { execute, timeout: 10 });
  }
}

/** What went wrong, as far as it may be told: by its code, since texts of the other side may say anything. */
export function providerFault(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown cause';
  const { error: told, code } = error as { readonly error?: unknown; readonly code?: unknown };
  const said = [told, code].find((word) => typeof word === 'string' && /^\w{1,60}$/.test(word));
  if (typeof said === 'string') return said;
  return error.cause === undefined ? error.name : providerFault(error.cause);
}

/** A claim by its name, or by the path that its dots tell. */
export function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    value = (value as Claims)[part];
  }
  return value;
}
