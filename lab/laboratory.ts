import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { powershellAnswers, sqlAnswers } from './answers/index.ts';
import { LineCut, RefusedByFault, scriptOf, type Call } from './calls.ts';
import { effectsWith } from './effects.ts';
import { strike, type FaultKind } from './faults.ts';
import type { Estate } from './model/estate.ts';
import type { Host } from './model/estate/host.ts';
import { inLanguage } from './model/language.ts';
import { letHappen, nextMoment, type Effect } from './model/time.ts';
import { requireRoomInLog } from './model/full-log.ts';
import { HalfDone, type Answer, type Scene, type SqlScene } from './scene.ts';
import type { Sealer } from './sealed.ts';
import type { LedgerEntry, Store } from './store.ts';

interface Events {
  readonly down: [host: string];
  readonly up: [host: string];
  readonly changed: [];
  readonly released: [];
}

/** The estate with its rules, time and faults; what stands before it are wires only. */
export class Laboratory extends EventEmitter<Events> {
  readonly store: Store;
  private readonly sealer: Sealer;
  /** Who runs the scripts: the account that the site's agents run as. */
  readonly account: string;
  private readonly effects: Readonly<Record<string, Effect>>;
  private timer: NodeJS.Timeout | null = null;

  constructor(store: Store, sealer: Sealer, account: string) {
    super();
    this.setMaxListeners(0);
    this.store = store;
    this.sealer = sealer;
    this.account = account;
    this.effects = effectsWith(sealer);
  }

  get estate(): Estate {
    return this.store.state.estate;
  }

  /** Answers one script, after the time that it takes. Throws the error that the real thing would give. */
  async call(call: Call): Promise<unknown> {
    const known = call.kind === 'powershell' ? this.store.state.answered[call.id] : undefined;
    if (known !== undefined) return known;
    this.tick();
    const fault = this.strike(call);
    if (fault === 'restart') this.restartNow(call.host);
    await this.pass(call, fault);
    if (fault === 'drop') throw new LineCut(`The line of ${call.script} on ${call.host} was cut`);
    if (fault === 'refuse') throw this.refuse(call);
    const answer = this.act(call);
    if (fault === 'lose-answer') throw new LineCut(`The answer of ${call.script} on ${call.host} was lost`);
    return answer;
  }

  /** Lets everything happen that is due, and sets the clock for what comes next. */
  tick(): void {
    const happened = letHappen(this.estate, this.effects, Date.now(), (minutes) => this.lasting(minutes));
    this.wake();
    if (happened.down.length + happened.up.length + happened.finished > 0) this.saved();
    for (const host of happened.down) this.emit('down', host);
    for (const host of happened.up) this.emit('up', host);
  }

  /** Changes the estate from outside, as nobody in it would. */
  alter(work: () => void): void {
    this.tick();
    work();
    this.saved();
  }

  /** Takes all faults away; what stuck goes on. */
  clearFaults(): void {
    this.store.state.faults = [];
    this.emit('released');
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  private saved(): void {
    this.store.save();
    this.emit('changed');
  }

  private strike(call: Call): FaultKind | null {
    const { faults } = this.store.state;
    if (faults.length === 0) return null;
    const fault = strike(faults, call.host, call.script);
    this.store.save();
    return fault;
  }

  /** The time that the script takes; cut short by a lost line, an abort, or the host's end. */
  private async pass(call: Call, fault: FaultKind | null): Promise<void> {
    this.hostOf(call);
    const minutes = this.minutesOf(call) + (fault === 'slow' ? SLOWNESS_MINUTES : 0);
    const gone = new AbortController();
    const onDown = (host: string) => {
      if (host === call.host) gone.abort();
    };
    this.on('down', onDown);
    try {
      const signal = AbortSignal.any([call.signal, gone.signal]);
      if (fault === 'stick') await once(this, 'released', { signal });
      const length = this.lasting(minutes);
      if (length > 0) await delay(length, undefined, { signal });
    } catch (error) {
      throw new LineCut(`${call.script} on ${call.host} was cut off`, { cause: error });
    } finally {
      this.off('down', onDown);
    }
  }

  /** One indivisible act: it happens whole or, where it throws, not at all. */
  private act(call: Call): unknown {
    this.tick();
    const answering = this.answeringOf(call);
    const scene = this.sceneOf(call);
    const changes = scriptOf(call).effect === 'change';
    const before = changes ? JSON.stringify(this.estate) : '';
    const target = answering.target(call.parameters, scene);
    const entry = { host: call.host, script: call.script, target };
    try {
      const answer = answering.answer(scene, call.parameters);
      if (changes && 'instance' in scene) requireRoomInLog(scene, before);
      const outcome = changes ? (JSON.stringify(this.estate) === before ? 'unchanged' : 'changed') : 'read';
      if (outcome === 'changed') {
        this.store.commit({ ...entry, outcome }, call.kind === 'powershell' ? call.id : null, answer);
        this.wake();
        this.emit('changed');
      } else {
        this.note({ ...entry, outcome });
      }
      return answer;
    } catch (error) {
      if (error instanceof HalfDone) {
        this.store.commit({ ...entry, outcome: 'changed' });
        throw inLanguage(this.estate, error.error);
      }
      if (changes) this.store.state.estate = JSON.parse(before) as Estate;
      this.note({ ...entry, outcome: 'refused' });
      throw inLanguage(this.estate, error);
    }
  }

  /** The fence is the runbook's own affair and nothing of the estate. */
  private note(entry: Omit<LedgerEntry, 'seq' | 'at'>): void {
    if (entry.script !== 'releaseFence') this.store.note(entry);
  }

  private refuse(call: Call): Error {
    const answering = this.answeringOf(call);
    const target = answering.target(call.parameters, this.sceneOf(call));
    this.store.note({ host: call.host, script: call.script, target, outcome: 'refused' });
    return new RefusedByFault(call.script);
  }

  private sceneOf(call: Call): Scene | SqlScene {
    const { estate } = this;
    const host = this.hostOf(call);
    const scene: Scene = {
      ...this.sealer,
      estate,
      host,
      account: call.kind === 'sql' ? call.login : this.account,
      now: Date.now(),
      lasting: (minutes) => this.lasting(minutes),
      nextId: () => estate.nextId++,
    };
    if (call.kind === 'powershell') return scene;
    const instance = host.instances[call.instance];
    if (!instance?.running) throw new LineCut(`The engine of ${call.host} is not running`);
    return { ...scene, instance, login: call.login };
  }

  /** The compiler has seen that every script has its answer; which one it is, only the call knows. */
  private answeringOf(call: Call): Answer<Scene, unknown, unknown> {
    const answers: Readonly<Record<string, unknown>> = call.kind === 'sql' ? sqlAnswers : powershellAnswers;
    return answers[call.script] as Answer<Scene, unknown, unknown>;
  }

  private minutesOf(call: Call): number {
    const { takesMinutes = 0 } = this.answeringOf(call);
    return typeof takesMinutes === 'number'
      ? takesMinutes
      : takesMinutes(call.parameters, this.sceneOf(call));
  }

  private hostOf(call: Call): Host {
    const host = this.estate.hosts[call.host];
    if (!host) throw new LineCut(`There is no host ${call.host}`);
    if (host.restartingUntil !== null) throw new LineCut(`${call.host} is restarting`);
    return host;
  }

  private restartNow(name: string): void {
    const host = this.estate.hosts[name];
    if (host) host.restartsAt = Date.now();
    this.tick();
  }

  private lasting(minutes: number): number {
    return minutes * 60_000 * this.store.state.pace;
  }

  private wake(): void {
    if (this.timer) clearTimeout(this.timer);
    const moment = nextMoment(this.estate);
    if (moment === null) return;
    this.timer = setTimeout(() => this.tick(), Math.max(0, moment - Date.now()));
  }
}

const SLOWNESS_MINUTES = 5;
