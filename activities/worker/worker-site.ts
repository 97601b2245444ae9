import { fullName, type Site } from '../site.ts';

/** Where workers find their Master: the clustered role, never a node. */
export function masterEndpoint(site: Site): string {
  return `https://${fullName(site.scaleOutMaster.name, site)}:${site.scaleOutMaster.port}`;
}

/** The name of a worker's public certificate on the exchange share. It holds no secret and stays there. */
export function publishedFile(worker: string, domain: string): string {
  return `${worker}.${domain}.cer`.toLowerCase();
}
