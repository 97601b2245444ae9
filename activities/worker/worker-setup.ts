import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import { versionSuffix, type Site } from '../site.ts';
import { runSetup, type SetupArgument, type SetupRun } from '../setup/run-setup.ts';
import { masterEndpoint } from './worker-site.ts';

/** The slice of the site that the setup of a worker needs. */
export function takesWorkerSetup(site: Site, host: string) {
  const { product, accounts } = site;
  return {
    host,
    suffix: versionSuffix(site),
    media: product.media,
    updates: product.updates,
    productKey: product.productKey,
    account: accounts.worker.account,
    password: accounts.worker.password ?? null,
    endpoint: masterEndpoint(site),
  };
}

export type WorkerSetupInput = ReturnType<typeof takesWorkerSetup>;

/**
 * Runs setup for the Scale Out Worker. The Master's certificate is not handed over here, though setup would take
 * it: a step of its own brings it later, and so a worker can be installed while the nodes still are.
 *
 * Source: *Walkthrough*, Install from the command prompt (parameters of the worker); *Command-line install*.
 */
export async function setUpWorker(
  ports: Ports,
  input: WorkerSetupInput,
  how: Pick<SetupRun, 'journal' | 'runId'> & { readonly hasIntegrationServices: boolean },
): Promise<number> {
  const { journal, runId, hasIntegrationServices } = how;
  return runSetup(ports, {
    host: input.host,
    journal,
    runId,
    media: input.media,
    arguments: argumentsFor(input, hasIntegrationServices),
    secrets: await secretsFor(ports, input),
  });
}

function argumentsFor(input: WorkerSetupInput, hasIntegrationServices: boolean): SetupArgument[] {
  return [
    { name: 'Q', values: [] },
    { name: 'IACCEPTSQLSERVERLICENSETERMS', values: [] },
    { name: 'SUPPRESSPRIVACYSTATEMENTNOTICE', values: [] },
    { name: 'ACTION', values: ['Install'] },
    { name: 'FEATURES', values: [featuresFor(hasIntegrationServices)] },
    { name: 'UpdateEnabled', values: ['True'] },
    { name: 'UpdateSource', values: [input.updates] },
    ...(hasIntegrationServices
      ? []
      : [
          { name: 'ISSVCACCOUNT', values: [`NT Service\\MsDtsServer${input.suffix}`] },
          { name: 'ISSVCSTARTUPTYPE', values: ['Automatic'] },
        ]),
    { name: 'ISWORKERSVCACCOUNT', values: [input.account] },
    { name: 'ISWORKERSVCSTARTUPTYPE', values: ['Automatic'] },
    { name: 'ISWORKERSVCMASTER', values: [input.endpoint] },
  ];
}

/** Where a node is a worker too, Integration Services are there already. */
export function featuresFor(hasIntegrationServices: boolean): string {
  return hasIntegrationServices ? 'IS_Worker' : 'IS,IS_Worker';
}

async function secretsFor({ secrets }: Ports, { password, productKey }: WorkerSetupInput) {
  const found: { name: string; value: Secret }[] = [];
  if (password !== null) found.push({ name: 'ISWORKERSVCPASSWORD', value: await secrets.resolve(password) });
  if (productKey !== null) found.push({ name: 'PID', value: await secrets.resolve(productKey) });
  return found;
}
