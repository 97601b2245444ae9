import type { RunClient } from '../../src/client.ts';
import { Misuse } from '../../src/failures.ts';
import { controlRoom } from '../../src/web/control-room.tsx';
import { signInByPassword } from '../../src/web/sign-in/by-password.tsx';
import { Sessions } from '../../src/web/sign-in/session.ts';
import type { Role } from '../../src/web/visitor.ts';
import type { ShownRun } from '../../src/client/shown-run.ts';
import { folder, PASSWORD, people, withoutRuns } from './sign-in-room.ts';

type Form = Readonly<Record<string, string | readonly string[]>> | FormData;

/** A control room without a server, in which alice has signed in: how she asks for pages and sends forms. */
export async function signedIn(roles: readonly Role[], client: RunClient, directory: string = folder()) {
  const sessions = new Sessions({ secret: 'a secret of the folder', hours: 12 });
  const users = await people(directory, { alice: roles });
  const app = controlRoom({ client, signIn: signInByPassword({ sessions, users }), directory });
  const send = async (path: string, form: Form, cookie: string) =>
    app.request(`http://127.0.0.1${path}`, {
      method: 'POST',
      body: form instanceof FormData ? form : encoded(form),
      headers: { origin: 'http://127.0.0.1', cookie, accept: 'text/html' },
    });
  const signed = await send('/sign-in', { name: 'alice', password: PASSWORD }, '');
  const cookie = signed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return {
    directory,
    post: (path: string, form: Form) => send(path, form, cookie),
    get: async (path: string) =>
      app.request(`http://127.0.0.1${path}`, { headers: { cookie, accept: 'text/html' } }),
  };
}

function encoded(form: Exclude<Form, FormData>): URLSearchParams {
  const pairs = Object.entries(form).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  return new URLSearchParams(pairs);
}

/** A server that knows one run. */
export function clientOf(run: ShownRun, parts: Partial<RunClient> = {}): RunClient {
  return {
    ...withoutRuns,
    find: () => Promise.resolve({ workflowId: run.workflowId, runId: run.runId }),
    look: () => Promise.resolve({ run, from: 'run', isOpen: true }),
    plan: () => Promise.reject(new Misuse('There is no plan', 'Wait.')),
    lengths: () => Promise.resolve({}),
    whatIfStopped: () => Promise.resolve({ steps: [] }),
    ...parts,
  };
}
