import { sqlScripts } from '../activities/scripts/index.ts';
import { recognizeSql } from './catalogue.ts';
import { LineCut, RefusedByFault, type Laboratory } from './laboratory.ts';
import { serverNameOf } from './model/engine.ts';
import type { Host, Instance } from './model/estate.ts';
import type { Pki } from './pki.ts';
import { listenTds, type TdsEndpoint } from './tds/endpoint.ts';
import type { TdsHandler, TdsResult, TdsSession, TdsSignIn, TdsStatement } from './tds/handler.ts';
import { ntHash } from './tds/ntlm.ts';
import { SqlServerError } from './tds/sql-server-error.ts';
import type { Sealer } from './sealed.ts';

/** Where an instance, or the listener's primary, can be reached now. */
interface Wanted {
  readonly key: string;
  readonly host: string;
  readonly instance: string;
  readonly address: string;
  readonly port: number;
}

interface Serving extends Wanted {
  readonly endpoint: TdsEndpoint;
  /** Another start of the engine is another endpoint: its sessions are gone. */
  readonly startedAt: number;
}

export interface EngineAtHand {
  readonly handler: TdsHandler;
  /** It has a certificate that clients can verify, and not only one that it made for itself. */
  readonly isVerifiable: boolean;
  readonly isOpen: () => boolean;
}

/** Keeps a TDS endpoint open for each engine that runs and each listener that has a primary. */
export class SqlEndpoints {
  private readonly laboratory: Laboratory;
  private readonly sealer: Sealer;
  private readonly pki: Pki;
  private readonly loopback: (ip: string) => string;
  private readonly serving = new Map<string, Serving>();
  private readonly fences = new Map<string, TdsSession>();
  private syncing = Promise.resolve();

  constructor(laboratory: Laboratory, sealer: Sealer, pki: Pki, loopback: (ip: string) => string) {
    this.laboratory = laboratory;
    this.sealer = sealer;
    this.pki = pki;
    this.loopback = loopback;
    for (const event of ['changed', 'down', 'up'] as const) laboratory.on(event, () => void this.sync());
  }

  get list(): { host: string; instance: string; address: string; port: number }[] {
    return [...this.serving.values()].map(({ host, instance, address, port }) => ({
      host,
      instance,
      address,
      port,
    }));
  }

  /**
   * The engine that answers at a name now, for sessions that come by another road than the wire; null where
   * nothing listens. `isOpen`: it has not ended since.
   */
  engineAt(server: string, port: number): EngineAtHand | null {
    const { dns, domain } = this.laboratory.estate.directory;
    const name = server.toLowerCase().replace(`.${domain.toLowerCase()}`, '');
    const addresses = (dns[name]?.addresses ?? []).map(this.loopback);
    const served = [...this.serving.values()].find(
      (serving) => serving.port === port && addresses.includes(serving.address),
    );
    if (!served) return null;
    return {
      handler: this.handlerOf(served),
      isVerifiable: typeof this.find(served)?.instance.live.certificate === 'string',
      isOpen: () => this.serving.get(served.key) === served,
    };
  }

  /** Opens and closes endpoints until they are as the estate has them. */
  sync(): Promise<void> {
    this.syncing = this.syncing.then(() => this.syncNow());
    return this.syncing;
  }

  async close(): Promise<void> {
    await Promise.all([...this.serving.values()].map(({ endpoint }) => endpoint.close()));
  }

  private async syncNow(): Promise<void> {
    const wanted = this.wanted();
    for (const served of this.serving.values()) {
      const still = wanted.find(({ key }) => key === served.key);
      if (still && this.startedAt(still) === served.startedAt) continue;
      this.serving.delete(served.key);
      await served.endpoint.close();
    }
    for (const want of wanted) {
      if (!this.serving.has(want.key)) await this.serve(want);
    }
  }

  private async serve(want: Wanted): Promise<void> {
    const found = this.find(want);
    if (!found) return;
    const [major = 16, minor = 0, build = 0] = found.instance.version.split('.').map(Number);
    const endpoint = await listenTds({
      address: want.address,
      port: want.port,
      serverName: serverNameOf(found.host, found.instance),
      version: { major, minor, build },
      certificate: () => this.pki.certificateOf(this.find(want)?.instance.live.certificate ?? null),
      handler: this.handlerOf(want),
    });
    this.serving.set(want.key, { ...want, endpoint, startedAt: found.instance.startedAt });
  }

  private wanted(): Wanted[] {
    const { hosts, groups } = this.laboratory.estate;
    const engines = Object.values(hosts)
      .filter((host) => host.restartingUntil === null)
      .flatMap((host) =>
        Object.values(host.instances)
          .filter(({ running }) => running)
          .map((instance) => ({ host, instance })),
      );
    const own = engines.map(({ host, instance }) =>
      wantedAt(host, instance, this.loopback(host.ip), instance.port),
    );
    const listeners = Object.values(groups).flatMap((group) => {
      const primary = engines.find(({ host, instance }) => serverNameOf(host, instance) === group.primary);
      if (!primary || !group.listener) return [];
      const { port, addresses } = group.listener;
      return addresses.map(({ ip }) => wantedAt(primary.host, primary.instance, this.loopback(ip), port));
    });
    return [...own, ...listeners];
  }

  private handlerOf(want: Wanted): TdsHandler {
    const { directory } = this.laboratory.estate;
    return {
      windowsAccount: (domain, user) => {
        if (domain.toLowerCase() !== directory.netbios.toLowerCase()) return null;
        const account = this.laboratory.estate.directory.accounts[`${domain}\\${user}`.toLowerCase()];
        if (!account?.password) return null;
        return { login: account.name, ntHash: ntHash(this.sealer.unseal(account.password)) };
      },
      signIn: (attempt) => this.signIn(want, attempt),
      run: (statement, session) => this.run(want, statement, session),
      transaction: () => undefined,
      closed: (session) => {
        if (this.fences.get(engineOf(want)) === session) this.fences.delete(engineOf(want));
      },
    };
  }

  /** Source: domain facts, R3: 18456 state 5 no such login, 8 wrong password, 58 SQL logins are off. */
  private signIn(want: Wanted, { identity, password }: TdsSignIn): void {
    const { instance } = this.find(want) ?? {};
    if (!instance) throw loginFailed(identity.login, 38);
    if (identity.kind === 'sql' && !instance.live.mixedMode) throw loginFailed(identity.login, 58);
    const login = instance.logins[identity.login.toLowerCase()];
    if (!login || login.kind !== identity.kind) throw loginFailed(identity.login, 5);
    if (login.disabled) throw loginFailed(identity.login, 7);
    const expected = login.password === null ? null : this.sealer.unseal(login.password);
    if (identity.kind === 'sql' && password !== expected) throw loginFailed(identity.login, 8);
  }

  private async run(want: Wanted, statement: TdsStatement, session: TdsSession): Promise<TdsResult | null> {
    const plain = this.plainAnswer(want, statement, session);
    if (plain !== undefined) return plain;
    const { text, parameters } = withParameters(statement);
    const recognized = recognizeSql(text);
    if (!recognized) throw new SqlServerError(2812, 'The estate does not know this statement.');
    if (recognized.fence === 'takes it' && !this.takesFence(want, session)) {
      throw new SqlServerError(50102, 'Another change is still under way on this instance.');
    }
    if (recognized.fence === 'holds it' && this.fences.get(engineOf(want)) !== session) {
      throw new SqlServerError(50100, 'The session does not hold the fence.');
    }
    const { name } = recognized;
    if (name === 'releaseFence' && this.fences.get(engineOf(want)) === session)
      this.fences.delete(engineOf(want));
    return this.answer(want, name, parametersOf(name, parameters), statement, session);
  }

  private async answer(
    want: Wanted,
    script: keyof typeof sqlScripts,
    parameters: unknown,
    statement: TdsStatement,
    session: TdsSession,
  ): Promise<TdsResult | null> {
    const { host, instance } = want;
    const { login } = session.identity;
    try {
      return resultOf(
        await this.laboratory.call({
          kind: 'sql',
          host,
          instance,
          login,
          script,
          parameters,
          signal: statement.aborted,
        }),
      );
    } catch (error) {
      if (error instanceof RefusedByFault)
        throw new SqlServerError(229, error.message, { severity: 14, state: 5 });
      if (error instanceof LineCut) session.drop();
      throw error;
    }
  }

  /** What any client may ask of any SQL Server. */
  private plainAnswer(
    want: Wanted,
    { text }: TdsStatement,
    session: TdsSession,
  ): TdsResult | null | undefined {
    const asked = text.trim().replace(/;$/, '').toLowerCase();
    const found = this.find(want);
    if (/^(set\s|use\s)/.test(asked) && !asked.includes(';')) return null;
    if (asked === 'select 1') return { columns: [{ name: '', kind: 'int' }], rows: [[1]] };
    if (asked === 'select @@version')
      return textResult(`Microsoft SQL Server ${found?.instance.version} (lab)`);
    if (asked === 'select @@servername')
      return textResult(found ? serverNameOf(found.host, found.instance) : '');
    if (asked === 'select @@spid') return { columns: [{ name: '', kind: 'int' }], rows: [[session.id]] };
    return undefined;
  }

  private takesFence(want: Wanted, session: TdsSession): boolean {
    const holder = this.fences.get(engineOf(want));
    if (holder && holder !== session) return false;
    this.fences.set(engineOf(want), session);
    return true;
  }

  private startedAt(want: Wanted): number | null {
    return this.find(want)?.instance.startedAt ?? null;
  }

  private find(want: Wanted): { host: Host; instance: Instance } | null {
    const host = this.laboratory.estate.hosts[want.host];
    const instance = host?.instances[want.instance];
    return host && instance ? { host, instance } : null;
  }
}

function wantedAt(host: Host, instance: Instance, address: string, port: number): Wanted {
  const key = `${host.name}\\${instance.name} at ${address},${port}`;
  return { key, host: host.name, instance: instance.name, address, port };
}

/** The fence belongs to the engine, whichever address it was reached by. */
function engineOf(want: Wanted): string {
  return `${want.host}\\${want.instance}`;
}

function loginFailed(login: string, state: number): SqlServerError {
  return new SqlServerError(18456, `Login failed for user '${login}'.`, { severity: 14, state });
}

/** A client may also send the script with its parameters declared before it. */
function withParameters({ text, parameters }: TdsStatement): { text: string; parameters: string } {
  const declared = /^\s*DECLARE\s+@parameters\s+nvarchar\(max\)\s*=\s*N'((?:[^']|'')*)'\s*;\s*/i.exec(text);
  if (declared)
    return { text: text.slice(declared[0].length), parameters: (declared[1] ?? '').replaceAll("''", "'") };
  const given = parameters.get('parameters');
  return { text, parameters: typeof given === 'string' ? given : '{}' };
}

/** Source: *OPENJSON*: what the script does not name is not read; what is missing is NULL, which it refuses. */
function parametersOf(name: keyof typeof sqlScripts, json: string): unknown {
  const parsed = sqlScripts[name].parameters.safeParse(jsonOf(json));
  if (parsed.success || isSecretOnly(parsed.error.issues, jsonOf(json))) return jsonOf(json);
  const wrong = parsed.error.issues.map((issue) => issue.path.join('.') || issue.message);
  throw new SqlServerError(201, `Wrong parameters for ${name}: ${wrong.join(', ')}`);
}

/** A secret arrives as its text, which the catalogue's own shape does not take. */
function isSecretOnly(
  issues: readonly { readonly path: PropertyKey[]; readonly code: string }[],
  given: unknown,
): boolean {
  return issues.every(({ path, code }) => {
    const [first] = path;
    const value =
      given !== null && typeof given === 'object' && first !== undefined
        ? Reflect.get(given, first)
        : undefined;
    return code !== 'unrecognized_keys' && typeof value === 'string';
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SqlServerError(13609, 'JSON text is not properly formatted.');
  }
}

function resultOf(answer: unknown): TdsResult {
  return textResult(JSON.stringify(answer), 'result');
}

function textResult(text: string, name = ''): TdsResult {
  return { columns: [{ name, kind: 'nvarchar' }], rows: [[text]] };
}
