import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { procedure } from '../../activities/steps/index.ts';
import { stepsOf } from '../../activities/steps/index.ts';
import { openInProcessLab, type InProcessLab } from '../lab/in-process.ts';
import { apply, look, perform, planOf, restart, undo, walk } from './walk.ts';

let lab: InProcessLab;
beforeEach(() => {
  lab = openInProcessLab();
});
afterEach(() => lab.close());

const changes = stepsOf(procedure).filter((step) => step.kind === 'change');

describe.each(changes)('$id', (step) => {
  test('looks without changing anything', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    const [planned] = (await planOf(lab)).filter(({ id }) => id === step.id);
    if (!planned) return expect(step.on(lab.site)).toEqual([]);
    const before = lab.picture();
    await step.look(lab.portsOn(planned.host), planned.input);
    expect(lab.picture()).toBe(before);
  });

  test('is missing before, in place once applied, and applying it again changes nothing more', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    for (const planned of (await planOf(lab)).filter(({ id }) => id === step.id)) {
      const { before } = await perform(lab, planned);
      expect(before.shortfall).not.toEqual([]);
      const once = lab.picture();
      if (step.once) continue;
      await apply(lab, planned, (await look(lab, planned)).observed).catch(() => undefined);
      expect(withoutTime(lab.picture())).toBe(withoutTime(once));
    }
  });

  test.runIf(step.undo !== null)('leaves no trace but its residue once undone', async () => {
    await walk(lab, (planned) => planned.id === step.id);
    const before = lab.picture();
    const done = [];
    for (const planned of (await planOf(lab)).filter(({ id }) => id === step.id)) done.push(await perform(lab, planned));
    for (const walked of done.toReversed()) await undo(lab, walked);
    expect(withoutResidue(lab.picture())).toEqual(withoutResidue(before));
  });
});

test('a host that restarts takes a new boot id', () => {
  const host = () => lab.laboratory.estate.hosts['NODE-A'];
  const before = host()?.bootId;
  restart(lab, 'NODE-A');
  expect(host()?.bootId).not.toBe(before);
});

/** What is marked as staying behind, and what only counts or tells the time. */
function withoutResidue(picture: string): unknown {
  return JSON.parse(picture, (name, value: unknown) => {
    if (name === 'nextId' || name === 'startedAt') return undefined;
    if (value !== null && typeof value === 'object' && 'residue' in value) return undefined;
    return value;
  });
}

function withoutTime(picture: string): string {
  return picture.replaceAll(/"(nextId|startedAt)":\d+/g, '"$1":0');
}
