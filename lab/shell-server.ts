import type { Socket } from 'node:net';
import { z } from 'zod';
import { POWERSHELL_FENCE_IS_HELD } from '../activities/scripts/fence.ts';
import { powershellScripts } from '../activities/scripts/index.ts';
import { recognizePowerShell } from './catalogue.ts';
import { IntegratedSessions } from './integrated-sessions.ts';
import { LineCut, RefusedByFault } from './calls.ts';
import type { Laboratory } from './laboratory.ts';
import { PowerShellRefusal } from './scene.ts';
import type { SqlEndpoints } from './sql-endpoints.ts';
import { writeLine } from './wire.ts';

export const shellHello = z.object({
  type: z.literal('shell'),
  host: z.string(),
  /** The agent that started the shell and ends with the host; null where it stands elsewhere. */
  agent: z.number().nullable(),
  fenced: z.boolean(),
});

const shellCall = z.object({
  type: z.literal('call'),
  id: z.string(),
  script: z.string(),
  parameters: z.unknown(),
});

/** Who holds each host's fence: it lives in the shell and dies with it. */
const fences = new Map<string, ShellLine>();

/** One shell on one host, for as long as its process lives. */
export class ShellLine {
  private readonly laboratory: Laboratory;
  private readonly socket: Socket;
  private readonly host: string;
  private readonly sessions: IntegratedSessions;
  private readonly gone = new AbortController();

  constructor(
    { laboratory, endpoints }: { readonly laboratory: Laboratory; readonly endpoints: SqlEndpoints },
    socket: Socket,
    hello: z.output<typeof shellHello>,
  ) {
    this.laboratory = laboratory;
    this.socket = socket;
    this.sessions = new IntegratedSessions(endpoints, laboratory.account);
    this.host =
      Object.keys(laboratory.estate.hosts).find((name) => name.toLowerCase() === hello.host.toLowerCase()) ??
      hello.host;
    if (hello.fenced && !fences.has(this.host)) fences.set(this.host, this);
    const onDown = (host: string) => {
      if (host === this.host) writeLine(socket, { type: 'die' });
    };
    laboratory.on('down', onDown);
    socket.once('close', () => {
      laboratory.off('down', onDown);
      this.gone.abort();
      this.sessions.close();
      if (fences.get(this.host) === this) fences.delete(this.host);
    });
  }

  async heard(message: unknown): Promise<void> {
    const call = shellCall.parse(message);
    try {
      const data = await this.answer(call.id, call.script, call.parameters);
      writeLine(this.socket, { type: 'answer', id: call.id, envelope: { ok: true, data } });
    } catch (error) {
      if (error instanceof LineCut) writeLine(this.socket, { type: 'cut' });
      else
        writeLine(this.socket, {
          type: 'answer',
          id: call.id,
          envelope: { ok: false, error: recordOf(error) },
        });
    }
  }

  private async answer(id: string, script: string, parameters: unknown): Promise<unknown> {
    const recognized = recognizePowerShell(script);
    if (recognized === null) {
      throw new PowerShellRefusal(
        'The estate does not know this script',
        'CommandNotFoundException',
        'ObjectNotFound',
      );
    }
    if (recognized.fence === 'takes it' && !this.takesFence()) {
      throw new PowerShellRefusal(
        'The process cannot access the file',
        POWERSHELL_FENCE_IS_HELD,
        'ResourceBusy',
      );
    }
    const { name } = recognized;
    const given = boundParameters(name, parameters);
    // The shell may stand on a jump host, which is no part of the estate; the engine is.
    if (name === 'invokeSql') return this.sessions.invoke(given, this.gone.signal);
    if (name === 'closeSql') return this.sessions.close();
    const answer = await this.laboratory.call({
      kind: 'powershell',
      id,
      host: this.host,
      script: name,
      parameters: given,
      signal: this.gone.signal,
    });
    if (name === 'releaseFence' && fences.get(this.host) === this) fences.delete(this.host);
    return answer;
  }

  private takesFence(): boolean {
    const holder = fences.get(this.host);
    if (holder && holder !== this) return false;
    fences.set(this.host, this);
    return true;
  }
}

/** Source: *about_Functions_Advanced_Parameters*: an unknown or missing parameter is a binding error. */
export function boundParameters(name: keyof typeof powershellScripts, given: unknown): unknown {
  const shape = powershellScripts[name].parameters.shape as Readonly<Record<string, unknown>>;
  const names = given !== null && typeof given === 'object' ? Object.keys(given) : [];
  const wrong = [
    ...names.filter((key) => !(key in shape)),
    ...Object.keys(shape).filter((key) => !names.includes(key)),
  ];
  if (wrong.length === 0) return given;
  throw new PowerShellRefusal(
    `Wrong parameters for ${name}: ${wrong.join(', ')}`,
    'ParameterBindingException',
    'InvalidArgument',
  );
}

function recordOf(error: unknown) {
  if (error instanceof RefusedByFault)
    return recordOf(
      new PowerShellRefusal(error.message, 'UnauthorizedAccess', 'PermissionDenied', -2147024891),
    );
  const { message, id, category, hresult } =
    error instanceof PowerShellRefusal
      ? error
      : new PowerShellRefusal(error instanceof Error ? error.message : String(error));
  return {
    message,
    id,
    category,
    type: 'System.Management.Automation.RuntimeException',
    hresult,
    stack: 'at <ScriptBlock>',
  };
}
