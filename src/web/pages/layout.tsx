import type { Child } from 'hono/jsx';
import type { Visitor } from '../visitor.ts';

interface LayoutProps {
  readonly title: string;
  /** Null before sign-in. */
  readonly visitor: Visitor | null;
  /** Address of the page's events; left out where it does not move. */
  readonly live?: string;
  /** The page itself, for browsers without scripts. */
  readonly self?: string;
  /** Whether people write on it, or have to read what is said once: then it is not loaded again under their hands. */
  readonly isHeld?: boolean;
  /** Who does not answer, so that what is shown may be old. */
  readonly trouble?: string | null;
  readonly children?: Child;
}

/** What every page has: its frame, its styles, and the script that keeps it live. */
export function Layout({
  title,
  visitor,
  live,
  self,
  isHeld = false,
  trouble = null,
  children,
}: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} · ssis-ha</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <script type="module" src="/assets/page.js" />
        {self !== undefined && !isHeld && (
          <noscript>
            <meta http-equiv="refresh" content={`10; url=${self}`} />
          </noscript>
        )}
      </head>
      <body data-live={live}>
        <a class="skip" href="#main">
          To the content
        </a>
        <nav class="top" aria-label="Control room">
          <a href="/" class="brand">
            ssis-ha
          </a>
          {visitor !== null && (
            <>
              <a href="/">Runs</a>
              <a href="/new">New run</a>
            </>
          )}
          <span class="grow" />
          <span id="zone" class="zone">
            Times in UTC
          </span>
          {visitor !== null && (
            <form method="post" action="/sign-out" class="visitor">
              <span title={visitor.roles.join(', ')}>{visitor.name}</span>{' '}
              <button type="submit">Sign out</button>
            </form>
          )}
        </nav>
        <p id="trouble" class="trouble" role="status" hidden={trouble === null}>
          {trouble}
        </p>
        <main id="main">
          {self !== undefined && isHeld && (
            <noscript>
              <p>
                What is shown may be old: <a href={self}>load the page again</a>.
              </p>
            </noscript>
          )}
          {children}
        </main>
      </body>
    </html>
  );
}
