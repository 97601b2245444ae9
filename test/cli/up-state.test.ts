import { utimes } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readUpState, writeUpState } from '../../src/up/state.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';

const PROCESSES = {
  server: process.pid,
  lab: null,
  control: process.pid,
  controlRoom: null,
  agents: { A: process.pid },
};
const STATE = {
  temporalAddress: '127.0.0.1:1',
  temporalUi: '',
  site: null,
  controlRoom: null,
  processes: PROCESSES,
};

test('what runs in a folder is told with its process ids', async () => {
  const folder = await temporaryDirectory();
  writeUpState(folder, STATE, process.pid);
  expect(readUpState(folder)).toMatchObject({ keeper: process.pid, processes: PROCESSES });
});

test('after a restart of the machine nothing runs there, whoever has the ids now', async () => {
  const folder = await temporaryDirectory();
  writeUpState(folder, STATE, process.pid);
  const beforeBoot = new Date(Date.now() - (uptime() + 60) * 1000);
  await utimes(join(folder, 'up.json'), beforeBoot, beforeBoot);
  expect(readUpState(folder)).toMatchObject({
    keeper: null,
    processes: { server: null, control: null, agents: { A: null } },
  });
});
