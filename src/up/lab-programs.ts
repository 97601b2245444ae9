import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Environment that leads a worker's wires into the lab: its PowerShell, and its name service. */
export function labEnvironment(directory: string, dist: string, host: string | null): Record<string, string> {
  const nameService = pathToFileURL(join(dist, 'lab', 'name-service.js')).href;
  return {
    NODE_POWERSHELL: join(dist, 'lab', 'pwsh.js'),
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${nameService}`.trim(),
    // As a machine of the domain, it trusts the estate's authority by itself.
    NODE_EXTRA_CA_CERTS: join(directory, 'lab', 'pki', 'authority.pem'),
    SSIS_HA_LAB: join(directory, 'lab', 'access.json'),
    SSIS_HA_LAB_NAMES: join(directory, 'lab', 'names.json'),
    ...(host === null ? {} : { SSIS_HA_LAB_HOST: host }),
  };
}
