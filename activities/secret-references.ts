import type { Site } from './site.ts';

/**
 * What the steps on a host read, and the authorities that its connections are verified with: references, never
 * values.
 */
export function secretsReadOn(
  { operator, tls, nodes, workers, ...site }: Site,
  host: string,
): readonly string[] {
  const isNode = nodes.some(({ name }) => name === host);
  const isWorker = workers.some(({ name }) => name === host);
  const { certificate } = site.scaleOutMaster;
  const ofNodes = [
    site.accounts.engine.password,
    site.accounts.agent.password,
    site.accounts.master.password,
    site.catalog.masterKeyPassword,
    site.catalog.masterKeyBackup.password,
    site.executionLog.login === 'sqlLogin' ? site.executionLog.password : null,
    'create' in certificate ? certificate.create.pfxPassword : certificate.existing.pfxPassword,
    site.cluster.witness.kind === 'cloud' ? site.cluster.witness.key : null,
  ];
  const all = [
    operator.password,
    site.product.productKey,
    tls.authorities && `file:${tls.authorities.replace(/^file:/, '')}`,
    ...(isNode ? ofNodes : []),
    ...(isWorker ? [site.accounts.worker.password] : []),
  ];
  return [...new Set(all.filter((reference) => typeof reference === 'string'))];
}
