import { z } from 'zod';
import { change, changeAnswering, look, nothing, secret, secretAnswer, type Script } from '../script.ts';

const name = z.string().regex(/^[a-z-]+$/);

/** Where Windows, the directory and setup say that a machine must restart. */
export const RESTART_SOURCES = [
  'servicing',
  'windows-update',
  'file-renames',
  'computer-rename',
  'domain-join',
  'configuration-manager',
  'sql-setup',
] as const;

const restartReason = z.strictObject({
  source: z.enum(RESTART_SOURCES),
  /** The key, the file or the setup. */
  says: z.string(),
});

export type RestartReason = z.output<typeof restartReason>;

/** Given back by the adapter after a change; never run by a step. */
export const fence = {
  releaseFence: look('release-fence.ps1', nothing, nothing),
} satisfies Record<string, Script<z.ZodType, z.ZodType>>;

export const powershell = {
  ...fence,
  keepSecret: change('keep-secret.ps1', z.strictObject({ key: z.string(), value: secret })),
  recallSecret: look(
    'recall-secret.ps1',
    z.strictObject({ key: z.string() }),
    z.strictObject({ value: secretAnswer.nullable() }),
  ),
  forgetSecret: change('forget-secret.ps1', z.strictObject({ key: z.string() })),
  getBoot: look('get-boot.ps1', nothing, z.strictObject({ bootId: z.string() })),
  getPendingRestart: look(
    'get-pending-restart.ps1',
    nothing,
    z.strictObject({ reasons: z.array(restartReason) }),
  ),
  requestRestart: changeAnswering(
    'request-restart.ps1',
    z.strictObject({ bootId: z.string() }),
    z.strictObject({ requested: z.boolean() }),
  ),
  /** Titles of the updates of SQL Server that wait to be installed. */
  getPendingUpdates: look(
    'get-pending-updates.ps1',
    nothing,
    z.strictObject({ updates: z.array(z.string()) }),
  ),
  getWindowsFeature: look(
    'get-windows-feature.ps1',
    z.strictObject({ names: z.array(z.string()) }),
    z.strictObject({ features: z.array(z.strictObject({ name: z.string(), state: z.string() })) }),
  ),
  installWindowsFeature: change(
    'install-windows-feature.ps1',
    z.strictObject({ names: z.array(z.string()) }),
  ),
  /** What must be known again after this machine has restarted, and is no secret. */
  getNote: look('get-note.ps1', z.strictObject({ name }), z.strictObject({ text: z.string().nullable() })),
  keepNote: change('keep-note.ps1', z.strictObject({ name, text: z.string() })),
  removeNote: change('remove-note.ps1', z.strictObject({ name })),
} as const;
