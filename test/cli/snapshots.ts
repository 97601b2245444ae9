import type { Question, RunSnapshot, StepSnapshot } from '../../workflows/contract.ts';
import type { ShownRun, ShownStep } from '../../src/client/shown-run.ts';

/** Snapshots with the values that matter to a test; the rest is plausible. */

export function stepWith(parts: Partial<ShownStep> = {}): ShownStep {
  const { host = 'NODE-A', id = 'create-cluster' } = parts;
  return {
    key: `${id}@${host}`,
    id,
    host,
    chapter: 1,
    title: 'Create the failover cluster',
    state: 'pending',
    tries: 0,
    startedAt: null,
    endedAt: null,
    shortfall: [],
    problem: null,
    waitsUntil: null,
    waiting: null,
    ...parts,
  };
}

export function questionWith(parts: Partial<Question> = {}): Question {
  return {
    id: 'create-cluster@NODE-A/1',
    stepKey: 'create-cluster@NODE-A',
    about: 'gate',
    offers: ['approve', 'reject', 'undo', 'stop'],
    interrupts: [],
    seen: ['Create it?'],
    kinds: [],
    needs: [],
    ticket: null,
    window: null,
    expiresAt: null,
    askedAt: '2030-01-01T10:00:05.000Z',
    ...parts,
  };
}

export function shownRun(parts: Partial<ShownRun> = {}): ShownRun {
  return {
    version: 1,
    workflowId: 'ssis-ha/sample',
    runId: '0190a0a0-0000-7000-8000-000000000001',
    site: 'sample',
    mode: 'perform',
    state: 'running',
    planHash: 'a'.repeat(64),
    change: null,
    startedBy: 'ann',
    startedAt: '2030-01-01T10:00:00.000Z',
    endedAt: null,
    proof: null,
    steps: [stepWith()],
    questions: [],
    decisions: [],
    ...parts,
  };
}

export function snapshotWith(parts: Partial<RunSnapshot> = {}): RunSnapshot {
  const { steps, ...rest } = shownRun();
  return { ...rest, steps: steps.map(withoutWaiting), ...parts };
}

function withoutWaiting({ waiting: _waiting, ...step }: ShownStep): StepSnapshot {
  return step;
}
