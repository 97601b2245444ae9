import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { procedure, stepsOf } from '../../activities/steps/index.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { onceScripts } from '../run/once-scripts.ts';
import { withoutResidue } from '../run/without-residue.ts';
import { siteFor } from './sites.ts';
import { apply, look, perform, planOf, restart, THIS_RUN, undo, walk } from './walk.ts';

const changes = stepsOf(procedure).filter((step) => step.kind === 'change');

describe.each(changes)('$id', (step) => {
  let lab: InProcessLab;
  beforeEach(() => {
    lab = openInProcessLab(siteFor(step));
  });
  afterEach(() => lab.close());

  const placed = async () => (await planOf(lab)).filter(({ id }) => id === step.id);

  test('looks without changing anything', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    const before = lab.picture();
    for (const planned of await placed()) {
      await step.look(lab.portsOn(planned.host), planned.input, THIS_RUN).catch(() => null);
    }
    expect(lab.picture()).toBe(before);
  });

  test('asks a person before what cannot be undone, and before an engine is interrupted', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    const [planned] = await placed();
    const { gate } = planned ? await look(lab, planned) : { gate: null };
    const mustAsk = step.undoPolicy.kind === 'kept' || step.interrupts.includes('engine');
    expect(mustAsk && gate === null).toBe(false);
  });

  test('is missing before, in place once applied, and applying it again changes nothing more', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    for (const planned of await placed()) {
      const { before } = await perform(lab, planned);
      expect(before.shortfall).not.toEqual([]);
      const once = lab.picture();
      if (step.once) continue;
      await apply(lab, planned, (await look(lab, planned)).observed).catch(() => undefined);
      expect(withoutTime(lab.picture())).toBe(withoutTime(once));
    }
  });

  test('changes something with scripts that may run once only if it may itself run only once', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    const before = lab.laboratory.store.ledger.length;
    for (const planned of await placed()) await perform(lab, planned);
    const changed = lab.laboratory.store.ledger.slice(before).filter(({ outcome }) => outcome === 'changed');
    const once = changed.filter(({ script }) => onceScripts().has(script));
    expect(once.length > 0).toBe(step.once);
  });

  if (step.undo === null) return;

  test('leaves no trace but its residue once undone', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    const before = lab.picture();
    const done = [];
    for (const planned of await placed()) done.push(await perform(lab, planned));
    for (const walked of done.toReversed()) await undo(lab, walked);
    expect(withoutResidue(JSON.parse(lab.picture()))).toEqual(withoutResidue(JSON.parse(before)));
  });
});

test('a host that restarts takes a new boot id', () => {
  const lab = openInProcessLab();
  const host = () => lab.laboratory.estate.hosts['NODE-A'];
  const before = host()?.bootId;
  restart(lab, 'NODE-A');
  expect(host()?.bootId).not.toBe(before);
  lab.close();
});

function withoutTime(picture: string): string {
  return picture.replaceAll(/"(nextId|startedAt)":\d+/g, '"$1":0');
}

test('what is kept with another step is kept with one that is kept itself', () => {
  const policies = new Map(changes.map(({ id, undoPolicy }) => [id, undoPolicy]));
  const keptWith = [...policies.values()].flatMap((policy) =>
    policy.kind === 'kept' || policy.keptWith === null ? [] : [policy.keptWith.step],
  );
  expect(keptWith).not.toEqual([]);
  expect(keptWith.filter((id) => policies.get(id)?.kind !== 'kept')).toEqual([]);
});
