import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { OperatorError } from '../../activities/failures.ts';

/** One program that is kept running. */
export interface KeptProgram {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
  /** Whether it should run now; asked before every start. */
  readonly wanted: () => boolean;
  /** Something about it has changed: its process, or that it is ready. */
  readonly changed: () => void;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const HEALTHY_MS = 10_000;
const END_PATIENCE_MS = 8_000;
/** A program that never comes up is a matter for a person; one that has been up is started again for ever. */
const STARTS_BEFORE_READY = 4;
const LAST_WORDS = 600;

/** Starts a program and starts it again when it ends, as a service manager would. */
export class KeptProcess {
  private readonly program: KeptProgram;
  private child: ChildProcess | null = null;
  private stopped = false;
  private pauseMs = FIRST_PAUSE_MS;
  private starts = 0;
  private announce: () => void = () => undefined;
  private giveUp: (reason: OperatorError) => void = () => undefined;
  /** Answers when the program has said for the first time that it is ready; fails when it never comes up. */
  readonly ready: Promise<void>;

  constructor(program: KeptProgram) {
    this.program = program;
    this.ready = new Promise((resolve, reject) => {
      this.announce = resolve;
      this.giveUp = reject;
    });
  }

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Starts it where it is wanted and does not run. */
  start(): void {
    if (this.stopped || this.child !== null || !this.program.wanted()) return;
    const log = openSync(this.program.logFile, 'a', 0o600);
    const startedAt = Date.now();
    const child = spawn(process.execPath, [this.program.script, ...this.program.args], {
      env: this.program.env,
      // The channel closes with this process: a program whose keeper is gone ends by itself.
      stdio: ['ignore', 'pipe', log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    this.starts += 1;
    child.stdout?.on('data', (said: Buffer) => {
      if (!said.toString().includes('"ready":true')) return;
      this.announce();
      this.program.changed();
    });
    child.once('error', () => undefined);
    child.once('exit', () => void this.ended(Date.now() - startedAt));
    this.program.changed();
  }

  /** Ends it at once, without a goodbye; it starts again when it is wanted. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    this.stopped = true;
    const { child } = this;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), END_PATIENCE_MS);
    await gone;
    clearTimeout(timer);
  }

  private async ended(livedMs: number): Promise<void> {
    this.child = null;
    this.program.changed();
    if (this.starts >= STARTS_BEFORE_READY && !this.stopped) this.giveUp(this.neverCameUp());
    this.pauseMs = livedMs > HEALTHY_MS ? FIRST_PAUSE_MS : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    await delay(this.pauseMs);
    this.start();
  }

  private neverCameUp(): OperatorError {
    const { name, logFile } = this.program;
    const log = readFileSync(logFile, 'utf8').trim().slice(-LAST_WORDS);
    return new OperatorError(
      `${name} ends again and again before it is ready. Its last words:\n${log}`,
      `Read ${logFile}, remove the cause, then start again.`,
    );
  }
}
