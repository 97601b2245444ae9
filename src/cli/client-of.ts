import type { RunClient } from '../client.ts';
import { OperatorError } from '../failures.ts';
import type { Face } from './face.ts';

/** A person sits and waits for the answer. */
const PATIENCE_SECONDS = 5;

/** Does something with the server that is meant, and lets go of it. Loads what that needs only now. */
export async function withClient<Result>(
  { directory, address }: Face,
  work: (client: RunClient) => Promise<Result>,
): Promise<Result> {
  const { openClient } = await import('../client.ts');
  const client = await openClient({ directory, address, timeoutSeconds: PATIENCE_SECONDS });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** As `withClient`; where nobody can answer, what the folder keeps, which is better than nothing and said to be that. */
export async function withClientOrRecord<Result>(
  face: Face,
  work: (client: RunClient) => Promise<Result>,
  kept: () => Promise<Result>,
): Promise<Result> {
  try {
    return await withClient(face, work);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const { SeveralGoOn } = await import('../client.ts');
    const result = await kept().catch((trouble: unknown) => {
      throw trouble instanceof SeveralGoOn ? trouble : error;
    });
    face.narrate(`${error.message}. This is what was kept. ${error.advice}`);
    return result;
  }
}

/** The run that an argument or `--run` names; a site file stands for its site. */
export async function namedRun(argument: string | undefined, { run }: Face): Promise<string | null> {
  const named = argument ?? run;
  if (named === null || !/\.ya?ml$/i.test(named)) return named;
  const { readSiteFile } = await import('../site-file.ts');
  return readSiteFile(named).site.site;
}
