import { ApplicationFailure, CancellationScope, workflowInfo } from '@temporalio/workflow';
import { Approvals } from './approvals.ts';
import {
  isMoving,
  isSettled,
  type EndRequest,
  type HostRestart,
  type Json,
  type Plan,
  type PlannedStep,
  type Problem,
  type Proof,
  type RunRequest,
  type RunSnapshot,
  type RunState,
  type StepSnapshot,
} from './contract.ts';
import { handleMessages } from './handlers.ts';
import { HostLocks } from './host-locks.ts';
import type { Journal } from './journal/journal.ts';
import type { Memory } from './memory.ts';
import { Notices } from './notices.ts';
import { unstarted } from './step-snapshot.ts';
import { Telling } from './telling.ts';

/** What one run knows and shows. Registers every handler when made, before anything is awaited. */
export class Run {
  readonly request: RunRequest;
  readonly hosts = new HostLocks();
  /** Held by one host at a time, from the look at the quorum until the node has settled. */
  readonly restarts = new HostLocks();
  readonly approvals: Approvals;
  readonly notices = new Notices(this);
  /** Queues for which a rehearsal has waited in vain. */
  readonly unserved = new Map<string, Problem>();
  private planned: Plan | null = null;
  private phase: RunState = 'planning';
  private ending: 'stop' | 'undo' | null = null;
  private broken = false;
  private endedAt: string | null = null;
  private readonly abandonable = new Set<CancellationScope>();
  private readonly steps = new Map<string, StepSnapshot>();
  private readonly changes = new Map<string, Memory>();
  private readonly restarted: HostRestart[] = [];
  private readonly restartCounts = new Map<string, number>();
  private readonly telling = new Telling(() => this.now());

  constructor(request: RunRequest) {
    this.request = request;
    this.approvals = new Approvals({
      plan: () => this.planned,
      startedBy: request.startedBy,
      ending: () => this.ending !== null,
      asked: (question) => this.notices.ofQuestion(question),
      changed: () => this.changed(),
    });
    handleMessages(this);
    this.changed();
  }

  begin(plan: Plan): Plan {
    this.planned = plan;
    for (const step of plan.steps) this.steps.set(step.key, unstarted(step));
    this.enter('running');
    return plan;
  }

  get plan(): Plan {
    if (!this.planned) throw ApplicationFailure.nonRetryable('The plan is not made yet');
    return this.planned;
  }

  /**
   * Whether a host was restarted as often as the site allows: one that always wants another restart is a matter for
   * a person, whose retry allows as many again.
   */
  isRestartedInVain({ host }: PlannedStep): boolean {
    const isInVain = (this.restartCounts.get(host) ?? 0) >= this.plan.access.restarts.perHost;
    if (isInVain) this.restartCounts.set(host, 0);
    return isInVain;
  }

  /** Counts a restart of a host, which begins now. */
  countRestart({ key, host }: PlannedStep, wanted: readonly string[]): void {
    this.restartCounts.set(host, (this.restartCounts.get(host) ?? 0) + 1);
    this.restarted.push({ host, stepKey: key, wanted, at: new Date().toISOString() });
    this.changed();
  }

  get verdict(): 'stop' | 'undo' | null {
    return this.ending;
  }

  /** Does what may be abandoned, and abandons it when the run is to end. */
  async unlessEnded<Result>(work: () => Promise<Result>): Promise<Result> {
    const scope = new CancellationScope();
    this.abandonable.add(scope);
    try {
      return await scope.run(work);
    } finally {
      this.abandonable.delete(scope);
    }
  }

  /** A verdict on the whole run; one that cannot be taken is kept with its refusal. */
  takeEnd(end: EndRequest): void {
    const refused = this.refusalOfEnd(end);
    this.approvals.recordEnd(end, refused);
    if (refused === null) this.endWith(end.verdict);
    else this.changed();
  }

  /** The first verdict on the whole run stands; *undo* may still follow *stop* while the run drains. */
  endWith(verdict: 'stop' | 'undo'): void {
    if (this.ending === null || verdict === 'undo') this.ending = verdict;
    for (const scope of this.abandonable) scope.cancel();
    this.changed();
  }

  /** A person stopped at a problem that is a fault of this program: the run counts as failed. */
  failWith(problem: Problem): void {
    if (problem.kind === 'bug') this.broken = true;
    this.endWith('stop');
  }

  enter(phase: RunState): void {
    this.phase = phase;
    this.changed();
  }

  end(phase: RunState): RunSnapshot {
    this.endedAt = new Date().toISOString();
    this.enter(phase === 'stopped' && this.broken ? 'failed' : phase);
    const ended = this.snapshot();
    this.notices.ofEnd(ended);
    return ended;
  }

  show(step: PlannedStep, shown: Partial<Omit<StepSnapshot, 'key' | 'id' | 'host' | 'title'>>): void {
    const before = this.stateOf(step.key);
    const now = new Date().toISOString();
    const state = shown.state ?? before.state;
    const startedAt = before.startedAt ?? (state === 'pending' ? null : now);
    const endedAt = isSettled({ state }) ? (before.endedAt ?? now) : null;
    this.steps.set(step.key, { ...before, ...shown, startedAt, endedAt });
    this.changed();
  }

  stateOf(key: string): StepSnapshot {
    const step = this.steps.get(key);
    if (!step) throw ApplicationFailure.nonRetryable(`The plan has no step ${key}`);
    return step;
  }

  isChange(key: string): boolean {
    return this.plan.steps.some((step) => step.key === key && step.kind === 'change');
  }

  /** Called before a change is tried, since one that timed out may have happened; the first memory stays. */
  remember(step: PlannedStep, before: Json): void {
    if (!this.changes.has(step.key)) this.changes.set(step.key, { step, before });
  }

  memoryOf(step: PlannedStep): Memory | null {
    return this.changes.get(step.key) ?? null;
  }

  /** What this run changed or tried to change, in the order in which it began. */
  get memories(): readonly Memory[] {
    return [...this.changes.values()];
  }

  /** The run with all that changed so far, and how many events tell of it. */
  snapshot(): RunSnapshot {
    return this.telling.snapshot();
  }

  get journal(): Journal {
    return this.telling.journal;
  }

  private now(): RunSnapshot {
    const { workflowId, runId, startTime } = workflowInfo();
    return {
      version: 1,
      workflowId,
      runId,
      site: this.planned?.site ?? workflowId.replace(/^ssis-ha\//, '').replace(/\/(rehearsal|verify.*)$/, ''),
      mode: this.request.mode,
      state: this.waitsForPeople() ? 'waiting' : this.phase,
      planHash: this.planned?.hash ?? null,
      change: this.planned?.change ?? null,
      startedBy: this.request.startedBy,
      startedAt: startTime.toISOString(),
      endedAt: this.endedAt,
      proof: this.proof(),
      steps: [...this.steps.values()],
      questions: this.approvals.questions,
      decisions: [...this.approvals.decisions],
      ...(this.restarted.length > 0 && { restarts: [...this.restarted] }),
      ...(this.approvals.ahead.all.length > 0 && { ahead: this.approvals.ahead.all }),
    };
  }

  private waitsForPeople(): boolean {
    if (this.endedAt !== null || this.approvals.questions.length === 0) return false;
    return ![...this.steps.values()].some(isMoving);
  }

  /** Failover is proven when every step that proves it was planned and performed, and none was skipped. */
  private proof(): Proof | null {
    if (this.phase !== 'done' || this.request.mode === 'verify') return null;
    const proving = this.plan.steps.filter((step) => step.proves === 'failover');
    const proven = proving.every((step) => ['changed', 'in-place'].includes(this.stateOf(step.key).state));
    return proven && this.plan.canProveFailover ? 'failover proven' : 'failover not proven';
  }

  private refusalOfEnd(end: EndRequest): string | null {
    if (end.verdict !== 'stop' && end.verdict !== 'undo') {
      return `"${String(end.verdict)}" does not end a run; stop and undo do.`;
    }
    if (end.by === '') return 'The request lacks by.';
    if (this.phase !== 'planning' && this.phase !== 'running') return `The run is ${this.phase} already.`;
    return null;
  }

  private changed(): void {
    this.telling.changed();
  }
}
