import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { clearFaults, plantedFaults, plantFault, showLab } from '../../src/lab-client.ts';
import { temporaryDirectory } from '../temporal/temporary.ts';

/** A lab that answers by a rule, and what it was asked. */
async function labAnswering(answer: (asked: { type: string }) => object) {
  const directory = await temporaryDirectory();
  const asked: object[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    createInterface({ input: socket }).on('line', (line) => {
      const question = JSON.parse(line) as { type: string };
      asked.push(question);
      socket.write(`${JSON.stringify(answer(question))}\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await mkdir(join(directory, 'lab'));
  await writeFile(join(directory, 'lab', 'access.json'), JSON.stringify({ port, token: 'abc' }));
  return { directory, asked };
}

test('a fault is planted as it was described, with the token of the folder', async () => {
  const { directory, asked } = await labAnswering(() => ({ faults: [{ id: 1 }] }));
  const fault = { host: 'NODE-A', script: 'newCluster', kind: 'drop', occurrence: 2, times: 3 } as const;
  expect(await plantFault(directory, fault)).toEqual([{ id: 1 }]);
  expect(asked).toEqual([{ type: 'add-fault', ...fault, token: 'abc' }]);
});

test('faults are listed and cleared, the estate is shown as it is', async () => {
  const { directory, asked } = await labAnswering(({ type }) =>
    type === 'show' ? { hosts: {}, ledger: [] } : { faults: [] },
  );
  expect(await plantedFaults(directory)).toEqual([]);
  await clearFaults(directory);
  expect(await showLab(directory)).toEqual({ hosts: {}, ledger: [] });
  expect(asked).toMatchObject([{ type: 'list-faults' }, { type: 'clear-faults' }, { type: 'show' }]);
});

test('what the lab refuses is said in its words', async () => {
  const { directory } = await labAnswering(() => ({ error: 'The lab does not know this question' }));
  await expect(showLab(directory)).rejects.toThrow('The lab does not know this question');
});

test('a folder without a lab, and a lab that is gone, name the folder and the way out', async () => {
  const directory = await temporaryDirectory();
  await expect(showLab(directory)).rejects.toMatchObject({
    message: `No lab runs in ${directory}`,
    advice: expect.stringContaining('ssis-ha up'),
  });
  await mkdir(join(directory, 'lab'));
  await writeFile(join(directory, 'lab', 'access.json'), JSON.stringify({ port: 1, token: 'abc' }));
  await expect(showLab(directory)).rejects.toThrow(`The lab in ${directory} does not answer`);
});
