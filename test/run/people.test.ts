import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MESSAGES, type Question } from '../../workflows/contract.ts';
import { agreeable, decide, openRealEstate, type RealEstate } from './real-estate.ts';
import { withoutResidue } from './without-residue.ts';

const isGate = ({ about }: Question) => about === 'gate';

const openEstate = () => openRealEstate({ approvals: { identities: 'asserted', selfApproval: false } });

describe('a run, from its first gate to its end', () => {
  let real: RealEstate;
  let run: WorkflowHandle;
  beforeAll(async () => {
    real = await openEstate();
    run = await real.start('perform', 'Starter');
  });
  afterAll(() => real.close());

  test('an approval is refused with the reason when it cannot be taken', async () => {
    const [question, snapshot] = await real.untilAsked(run, isGate);
    const refusal = async (parts: Record<string, unknown>) => {
      const decision = {
        stepKey: question.stepKey,
        planHash: snapshot.planHash,
        decisionId: randomUUID(),
        by: 'other',
        reason: '',
        verdict: 'approve',
        questionId: question.id,
        ...parts,
      };
      const error: unknown = await run
        .executeUpdate(MESSAGES.decide, { args: [decision] })
        .catch((caught: unknown) => caught);
      return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    };
    expect(await refusal({ by: 'starter' })).toContain('started this run');
    expect(await refusal({ planHash: 'older' })).toContain('made for plan older');
    expect(await refusal({ questionId: 'nobody/1' })).toContain('not open');
    expect(await refusal({ stepKey: 'another@HOST' })).toContain('is about');
    expect(await refusal({ verdict: 'retry' })).toContain('not offered');
    expect(await refusal({ by: undefined })).toContain('lacks by');
    await run.signal('approve', {
      stepKey: 'no-such-step@HOST',
      planHash: snapshot.planHash,
      decisionId: 'd',
      by: 'other',
      reason: '',
    });
    const { decisions } = await real.progress(run);
    expect(decisions.at(-1)).toMatchObject({
      stepKey: 'no-such-step@HOST',
      refused: expect.stringContaining('no gate open'),
    });
  });

  test('a plain signal without a question opens the gate of its step', async () => {
    const [question, snapshot] = await real.untilAsked(run, isGate);
    await run.signal('approve', {
      stepKey: question.stepKey,
      planHash: snapshot.planHash,
      decisionId: 'one',
      by: 'other',
      reason: 'go',
    });
    const ended = await real.untilEnd(run, agreeable);
    expect(ended.state).toBe('done');
    expect(ended.decisions.find(({ id }) => id === 'one')).toMatchObject({
      questionId: question.id,
      refused: null,
    });
  });

  test('no secret stands in a history, a log, a record or the estate as it is shown', async () => {
    expect(await real.progress(run)).toMatchObject({ state: 'done' });
    const secrets = readdirSync(join(real.directory, 'secrets')).map((name) =>
      readFileSync(join(real.directory, 'secrets', name), 'utf8').trim(),
    );
    expect(secrets.length).toBeGreaterThan(5);
    const history = JSON.stringify(await run.fetchHistory(), (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : value,
    );
    const shown = JSON.stringify(await real.lab({ type: 'show' }));
    const logs = readdirSync(join(real.directory, 'logs')).map((name) =>
      readFileSync(join(real.directory, 'logs', name), 'utf8'),
    );
    const records = readdirSync(join(real.directory, 'runs')).map((name) =>
      readFileSync(join(real.directory, 'runs', name), 'utf8'),
    );
    for (const text of [history, shown, ...logs, ...records]) {
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });
});

describe('on an estate of its own', () => {
  let real: RealEstate;
  beforeEach(async () => {
    real = await openEstate();
  });
  afterEach(() => real.close());

  test('a step that fails for good stops its branch, and retry carries on in the same run once the cause is gone', async () => {
    await real.lab({
      type: 'add-fault',
      host: 'NODE-B',
      script: 'installWindowsFeature',
      kind: 'refuse',
      occurrence: 1,
      times: 99,
    });
    const run = await real.start();
    const [question, snapshot] = await real.untilAsked(run, ({ about }) => about === 'stuck');
    const step = snapshot.steps.find(({ key }) => key === question.stepKey);
    expect(step).toMatchObject({
      state: 'stuck',
      problem: {
        kind: 'operator',
        message: expect.stringContaining('NODE-B'),
        advice: expect.stringContaining('retry'),
      },
    });
    await real.lab({ type: 'clear-faults' });
    await decide(run, snapshot, question, 'retry');
    expect(await real.untilEnd(run, agreeable)).toMatchObject({ state: 'done' });
  });

  test('undo at a gate brings the estate back, and says what stays and why', async () => {
    const before = await real.estate();
    const run = await real.start();
    const ended = await real.untilEnd(run, (question, snapshot) => {
      if (question.stepKey.startsWith('install-worker')) return null;
      return question.stepKey.startsWith('install-on-primary') ? 'undo' : agreeable(question, snapshot);
    });
    expect(ended.state).toBe('undone');
    const kept = ended.steps.filter(({ state }) => state === 'kept');
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(['install-clustering-feature']));
    expect(kept.map(({ shortfall }) => shortfall.join())).not.toContain('');
    const keeps = new Set(kept.map(({ id }) => id));
    expect(withoutResidue(await real.estate(), keeps)).toEqual(withoutResidue(before, keeps));
  });

  test('undo at a late gate takes back all that can be taken back, last first', async () => {
    const run = await real.start();
    const ended = await real.untilEnd(run, (question, snapshot) =>
      question.stepKey.startsWith('create-role') && question.about === 'gate'
        ? 'undo'
        : agreeable(question, snapshot),
    );
    expect(ended.steps.filter(({ problem }) => problem !== null)).toEqual([]);
    expect(ended.state).toBe('undone');
    expect(ended.steps.filter(({ state }) => state === 'changed')).toEqual([]);
    expect(await real.estate()).toMatchObject({ cluster: null, groups: {} });
  });
});
