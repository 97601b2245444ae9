import { onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import { summaryOf, type RunClient, type ShownRun } from '../../src/client.ts';
import { Bell } from '../../src/bell.ts';
import { listening, type Listening } from '../../src/web/listening.ts';
import { readSettings } from '../../src/web/settings/settings.ts';
import { signInLink } from '../../src/web/sign-in/link.ts';
import { recordedPlan } from '../workflows/recorded-runs.ts';
import { shownRun } from '../cli/snapshots.ts';
import { openBrowser } from './browser.ts';
import { folder } from './sign-in-room.ts';

/** A server with one run, and what can go wrong with it: all as the test says. */
export class MadeUpServer {
  run: ShownRun;
  /** Who does not answer. */
  silent: string | null = null;
  list: RunClient['list'] = () => Promise.resolve([summaryOf(this.run)]);
  readonly plan = recordedPlan('whole.json.gz');
  private fault: Error | null = null;
  private readonly watches = new Set<Bell>();

  constructor(run: ShownRun = shownRun()) {
    this.run = { ...run, planHash: this.plan.hash };
  }

  set(change: { readonly run?: Partial<ShownRun>; readonly silent?: string | null }): void {
    this.run = { ...this.run, ...change.run };
    if (change.silent !== undefined) this.silent = change.silent;
    for (const bell of this.watches) bell.ring();
  }

  /** Ends every watch. */
  fail(fault: Error): void {
    this.fault = fault;
    for (const bell of this.watches) bell.ring();
  }

  /** By how many. */
  get watched(): number {
    return this.watches.size;
  }

  get client(): RunClient {
    const { workflowId, runId } = this.run;
    const known: Partial<RunClient> = {
      list: () => this.list(),
      find: () => Promise.resolve({ workflowId, runId }),
      look: () =>
        Promise.resolve({ run: this.run, from: this.silent === null ? 'run' : 'record', isOpen: true }),
      plan: () =>
        this.silent === null ? Promise.resolve(this.plan) : Promise.reject(new Error(this.silent)),
      lengths: () => Promise.resolve({}),
      watch: (_run, { signal, silence }) => this.watch(signal, silence),
    };
    return known as RunClient;
  }

  private async *watch(
    signal: AbortSignal,
    silence: (text: string | null) => void,
  ): AsyncGenerator<ShownRun> {
    const bell = new Bell();
    this.watches.add(bell);
    signal.addEventListener('abort', bell.ring);
    let told: string | null = null;
    let shown: ShownRun | null = null;
    try {
      while (!signal.aborted) {
        if (this.fault !== null) throw this.fault;
        if (told !== this.silent) silence(this.silent);
        told = this.silent;
        if (this.run !== shown) yield this.run;
        shown = this.run;
        await bell.heard(60_000);
      }
    } finally {
      this.fault = null;
      this.watches.delete(bell);
    }
  }
}

/** A control room for such a server, which can be closed and opened again, and a browser that is signed in. */
export interface MadeUpRoom {
  readonly address: string;
  readonly page: Page;
  readonly close: () => Promise<void>;
  readonly openAgain: () => Promise<void>;
}

export async function openMadeUpRoom({ client }: MadeUpServer): Promise<MadeUpRoom> {
  const directory = folder();
  const settings = readSettings(directory);
  const open = (port: number) => listening({ client, settings, directory, port, owner: 'owner' });
  let room: Listening = await open(0);
  const browser = await openBrowser();
  onTestFinished(async () => {
    await browser.close();
    await room.close();
  });
  const { address } = room;
  const page = await (await browser.newContext()).newPage();
  await page.goto(signInLink(address, directory));
  return {
    address,
    page,
    close: () => room.close(),
    async openAgain() {
      room = await open(Number(new URL(address).port));
    },
  };
}
