import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { Misuse, OperatorError } from '../failures.ts';
import { UnknownRun, type RunClient } from '../client.ts';
import { servedAssets } from './assets.ts';
import { page } from './pages/page.ts';
import { TroublePage } from './pages/trouble-page.tsx';
import { SiteFiles } from './new-run/site-files.ts';
import { aheadRoutes } from './routes/ahead.tsx';
import { answerRoutes } from './routes/answers.tsx';
import { byHandRoutes } from './routes/by-hand.ts';
import { endRoutes } from './routes/ends.tsx';
import { newRunRoutes } from './routes/new-run.tsx';
import { reportRoutes } from './routes/report.ts';
import { runRoutes } from './routes/runs.tsx';
import type { SignIn } from './sign-in/sign-in.ts';
import { Sights } from './sights.ts';
import type { Visit } from './visit.ts';
import { NotAllowed } from './visitor.ts';

export interface ControlRoomSetting {
  readonly client: RunClient;
  readonly signIn: SignIn;
  /** Folder of the records, and of site files that are kept here. */
  readonly directory: string;
}

/** The pages, as an application that answers requests. */
export function controlRoom({ client, signIn, directory }: ControlRoomSetting): Hono<Visit> {
  const app = new Hono<Visit>();
  const sights = new Sights(client);
  const headers = { contentSecurityPolicy: POLICY, referrerPolicy: 'same-origin' } as const;
  const plain = secureHeaders({ ...headers, strictTransportSecurity: false });
  const secure = secureHeaders({ ...headers, strictTransportSecurity: 'max-age=31536000' });
  app.use((c, next) => (c.req.url.startsWith('https:') ? secure(c, next) : plain(c, next)));
  app.use(csrf());
  app.route('/assets', servedAssets());
  app.route('/', signIn.routes);
  app.use(signIn.required);
  app.use(
    bodyLimit({
      maxSize: MOST_BYTES,
      onError: (c) => page(c, <TroublePage {...TOO_LARGE} visitor={c.get('visitor')} />, 413),
    }),
  );
  app.route('/', runRoutes(client, sights));
  app.route('/', reportRoutes(client));
  app.route('/', answerRoutes(client, sights));
  app.route('/', aheadRoutes(client, sights));
  app.route('/', byHandRoutes(client));
  app.route('/', endRoutes(client, sights));
  app.route('/', newRunRoutes(client, new SiteFiles(directory)));
  app.notFound((c) =>
    page(
      c,
      <TroublePage title="There is no such page" advice="Begin with the runs." visitor={c.get('visitor')} />,
      404,
    ),
  );
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 403)
      return page(c, <TroublePage {...FOREIGN} visitor={c.get('visitor')} />, 403);
    if (error instanceof HTTPException) return error.getResponse();
    if (!(error instanceof OperatorError)) {
      // Whoever runs the control room needs to know; whoever visits it is told nothing of its inside.
      process.stderr.write(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}\n`);
      return page(c, <TroublePage {...UNEXPECTED} visitor={c.get('visitor')} />, 500);
    }
    const { message, advice } = error;
    return page(
      c,
      <TroublePage title={message} advice={advice} visitor={c.get('visitor')} />,
      statusOf(error),
    );
  });
  return app;
}

/** No site file comes near to it; what is sent is kept in memory while it is read. */
const MOST_BYTES = 2_000_000;
const TOO_LARGE = {
  title: 'That is more than this page takes',
  advice: 'Send a site file of less than 2 MB.',
} as const;

/** Refused by the check of where a form comes from, before anything else looks at it. */
const FOREIGN = {
  title: 'That was not sent by a page of this control room',
  advice: 'Open the control room itself, and send it from there.',
} as const;

const UNEXPECTED = {
  title: 'The control room could not do this, for a reason that it does not know',
  advice: 'Look at the run, then try again. What went wrong stands in the log of the control room.',
} as const;

/** Whose fault it is: of whoever asks, or of what stands behind the page. */
function statusOf(error: OperatorError): 400 | 403 | 404 | 502 {
  if (error instanceof NotAllowed) return 403;
  if (error instanceof UnknownRun) return 404;
  return error instanceof Misuse ? 400 : 502;
}

/** Nothing from elsewhere, no code and no style but the page's own files. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};
