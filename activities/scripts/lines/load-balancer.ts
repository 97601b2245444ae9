import { z } from 'zod';
import { change, look } from '../script.ts';

/** 0: it answers no probe. */
const probePort = z.number();

export const powershell = {
  getProbePort: look(
    'get-probe-port.ps1',
    z.strictObject({ address: z.string() }),
    z.strictObject({ address: z.strictObject({ probePort, mask: z.string() }).nullable() }),
  ),
  setProbePort: change(
    'set-probe-port.ps1',
    z.strictObject({ address: z.string(), probePort, mask: z.string() }),
  ),
} as const;
