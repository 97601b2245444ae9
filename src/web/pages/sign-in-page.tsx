import { Layout } from './layout.tsx';
import { Refused } from './refused.tsx';

interface PasswordPageProps {
  /** The page to which it leads. */
  readonly to: string;
  readonly name?: string;
  /** Why the last try came to nothing. */
  readonly refused?: string | null;
}

/** Sign-in by name and password. */
export function PasswordPage({ to, name = '', refused = null }: PasswordPageProps) {
  return (
    <Layout title="Sign in" visitor={null}>
      <form method="post" action="/sign-in" class="sign-in">
        <h1 class="plain">Sign in</h1>
        <Refused why={refused} />
        <input type="hidden" name="to" value={to} />
        <label for="name">Name</label>
        <input
          id="name"
          name="name"
          value={name}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxlength={64}
          required
          autofocus={name === ''}
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autofocus={name !== ''}
        />
        <button type="submit" class="primary">
          Sign in
        </button>
      </form>
    </Layout>
  );
}

interface ProviderPageProps {
  readonly to: string;
  /** Host of the provider. */
  readonly provider: string;
  readonly refused?: string | null;
  /** Whether the provider has to ask anew: whom it knows by now is not let in. */
  readonly isAnew?: boolean;
}

/** Sign-in at a provider: where it leads is said before it leads there. */
export function ProviderPage({ to, provider, refused = null, isAnew = false }: ProviderPageProps) {
  const begin = `/sign-in/begin?to=${encodeURIComponent(to)}`;
  return (
    <Layout title="Sign in" visitor={null}>
      <div class="sign-in">
        <h1 class="plain">Sign in</h1>
        <Refused why={refused} />
        <p>{provider} asks who you are, and leads back here.</p>
        <a class="button primary" href={isAnew ? `${begin}&anew=1` : begin}>
          {isAnew ? 'Sign in as somebody else' : `Sign in with ${provider}`}
        </a>
      </div>
    </Layout>
  );
}

/** What was sent without a session. */
export function SignedOutPage({ signIn }: { readonly signIn: string }) {
  return (
    <Layout title="Sign in" visitor={null}>
      <div class="sign-in">
        <h1 class="plain">You are not signed in any more</h1>
        <p>What you sent was not taken. Sign in, then send it again.</p>
        <a class="button primary" href={signIn}>
          Sign in
        </a>
      </div>
    </Layout>
  );
}

/** After sign-out, where the provider has a session of its own: a new page, since a form may lead nowhere else. */
export function LeavingPage({ provider, address }: { readonly provider: string; readonly address: string }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="refresh" content={`0; url=${address}`} />
        <title>Signed out · ssis-ha</title>
        <link rel="stylesheet" href="/assets/style.css" />
      </head>
      <body>
        <main id="main" class="sign-in">
          <h1 class="plain">You are signed out here</h1>
          <p>
            <a href={address}>Sign out of {provider}</a> as well.
          </p>
          <p>
            <a href="/sign-in">Sign in again</a>
          </p>
        </main>
      </body>
    </html>
  );
}
