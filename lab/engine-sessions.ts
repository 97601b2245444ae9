import type { SqlName } from '../activities/scripts/index.ts';
import { recognizeSql } from './catalogue.ts';
import { LineCut, RefusedByFault } from './calls.ts';
import type { Laboratory } from './laboratory.ts';
import { serverNameOf } from './model/engine.ts';
import type { Instance } from './model/estate/engine.ts';
import { inLanguage } from './model/language.ts';
import type { Host } from './model/estate/host.ts';
import type { Sealer } from './sealed.ts';
import { parametersOf, resultOf, textResult, withParameters } from './sql-text.ts';
import type { TdsHandler, TdsResult, TdsSession, TdsSignIn, TdsStatement } from './tds/handler.ts';
import { ntHash } from './tds/ntlm.ts';
import { SqlServerError } from './tds/sql-server-error.ts';

/** Which engine of the estate is meant, whichever address it is reached by. */
export interface EnginePlace {
  readonly host: string;
  readonly instance: string;
}

/** What the estate's engines say to those who sign in, and which session holds the fence of each. */
export class EngineSessions {
  private readonly laboratory: Laboratory;
  private readonly sealer: Sealer;
  private readonly fences = new Map<string, TdsSession>();

  constructor(laboratory: Laboratory, sealer: Sealer) {
    this.laboratory = laboratory;
    this.sealer = sealer;
  }

  /** Whoever comes to this engine, by whichever road. */
  handlerOf(place: EnginePlace): TdsHandler {
    const { directory } = this.laboratory.estate;
    return {
      windowsAccount: (domain, user) => {
        if (domain.toLowerCase() !== directory.netbios.toLowerCase()) return null;
        const account = this.laboratory.estate.directory.accounts[`${domain}\\${user}`.toLowerCase()];
        if (!account?.password) return null;
        return { login: account.name, ntHash: ntHash(this.sealer.unseal(account.password)) };
      },
      signIn: (attempt) => this.signIn(place, attempt),
      run: (statement, session) => this.run(place, statement, session),
      transaction: () => undefined,
      closed: (session) => {
        if (this.fences.get(engineOf(place)) === session) this.fences.delete(engineOf(place));
      },
    };
  }

  /** The engine as the estate has it now; null where there is none. */
  find(place: EnginePlace): { host: Host; instance: Instance } | null {
    const host = this.laboratory.estate.hosts[place.host];
    const instance = host?.instances[place.instance];
    return host && instance ? { host, instance } : null;
  }

  /** Source: domain facts, R3: 18456 state 5 no such login, 8 wrong password, 58 SQL logins are off. */
  private signIn(place: EnginePlace, { identity, password }: TdsSignIn): void {
    const { instance } = this.find(place) ?? {};
    if (!instance) throw this.loginFailed(identity.login, 38);
    if (identity.kind === 'sql' && !instance.live.mixedMode) throw this.loginFailed(identity.login, 58);
    const login = instance.logins[identity.login.toLowerCase()];
    if (!login || login.kind !== identity.kind) throw this.loginFailed(identity.login, 5);
    if (login.disabled) throw this.loginFailed(identity.login, 7);
    const expected = login.password === null ? null : this.sealer.unseal(login.password);
    if (identity.kind === 'sql' && password !== expected) throw this.loginFailed(identity.login, 8);
  }

  private async run(
    place: EnginePlace,
    statement: TdsStatement,
    session: TdsSession,
  ): Promise<TdsResult | null> {
    const plain = this.plainAnswer(place, statement, session);
    if (plain !== undefined) return plain;
    const { text, parameters } = withParameters(statement);
    const recognized = recognizeSql(text);
    if (!recognized) throw new SqlServerError(2812, 'The estate does not know this statement.');
    if (recognized.fence === 'takes it' && !this.takesFence(place, session)) {
      throw new SqlServerError(50102, 'Another change is still under way on this instance.');
    }
    if (recognized.fence === 'holds it' && this.fences.get(engineOf(place)) !== session) {
      throw new SqlServerError(50100, 'The session does not hold the fence.');
    }
    const { name } = recognized;
    if (name === 'releaseFence' && this.fences.get(engineOf(place)) === session)
      this.fences.delete(engineOf(place));
    return this.answer(
      place,
      { script: name, parameters: parametersOf(name, parameters) },
      statement,
      session,
    );
  }

  private async answer(
    place: EnginePlace,
    asked: { readonly script: SqlName; readonly parameters: unknown },
    { aborted: signal }: TdsStatement,
    session: TdsSession,
  ): Promise<TdsResult | null> {
    const { host, instance } = place;
    const { login } = session.identity;
    try {
      return resultOf(await this.laboratory.call({ kind: 'sql', host, instance, login, ...asked, signal }));
    } catch (error) {
      if (error instanceof RefusedByFault)
        throw new SqlServerError(229, error.message, { severity: 14, state: 5 });
      if (error instanceof LineCut) session.drop();
      throw error;
    }
  }

  /** What any client may ask of any SQL Server. */
  private plainAnswer(
    place: EnginePlace,
    { text }: TdsStatement,
    session: TdsSession,
  ): TdsResult | null | undefined {
    const asked = text.trim().replace(/;$/, '').toLowerCase();
    const found = this.find(place);
    if (/^(set\s|use\s)/.test(asked) && !asked.includes(';')) return null;
    if (asked === 'select 1') return { columns: [{ name: '', kind: 'int' }], rows: [[1]] };
    if (asked === 'select @@version')
      return textResult(`Microsoft SQL Server ${found?.instance.version} (lab)`);
    if (asked === 'select @@servername')
      return textResult(found ? serverNameOf(found.host, found.instance) : '');
    if (asked === 'select @@spid') return { columns: [{ name: '', kind: 'int' }], rows: [[session.id]] };
    return undefined;
  }

  private loginFailed(login: string, state: number): unknown {
    const refusal = new SqlServerError(18456, `Login failed for user '${login}'.`, { severity: 14, state });
    return inLanguage(this.laboratory.estate, refusal);
  }

  private takesFence(place: EnginePlace, session: TdsSession): boolean {
    const holder = this.fences.get(engineOf(place));
    if (holder && holder !== session) return false;
    this.fences.set(engineOf(place), session);
    return true;
  }
}

/** The fence belongs to the engine, whichever address it was reached by. */
function engineOf(place: EnginePlace): string {
  return `${place.host}\\${place.instance}`;
}
