import type { SetupEnds } from '../model/estate/host.ts';
import type { Scenario } from './scenario.ts';

const CODES = 'Command-line install, exit codes; domain facts, 2.3, exit codes';

/** Ends of setup that a person may meet, by their numbers, and what comes with each. */
const ENDS: readonly (readonly [name: string, title: string, end: SetupEnds])[] = [
  [
    'setup-done-but-restart',
    'Setup does its work and wants a restart (-2067723326, 0x84C10BC2)',
    { code: -2067723326, installs: true, restartPends: true },
  ],
  [
    'setup-blocked-by-a-restart',
    'Setup refuses to begin because of a restart that Windows does not tell of (-2067919934, 0x84BE0BC2)',
    { code: -2067919934 },
  ],
  [
    'setup-finds-windows-too-old',
    'Setup finds Windows or a prerequisite too old (-2067529676, 0x84C40034)',
    { code: -2067529676 },
  ],
  [
    'setup-finds-nothing-to-install',
    'Setup finds no feature to install (-2068643838, 0x84B30002)',
    { code: -2068643838 },
  ],
  [
    'setup-refuses-an-input',
    'Setup refuses an input, or cannot read its media (-2068578304, 0x84B40000)',
    { code: -2068578304 },
  ],
  [
    'setup-cannot-start-the-engine',
    'The engine that setup has installed does not start (-2061893606, 0x851A001A)',
    { code: -2061893606 },
  ],
  [
    'setup-has-its-known-fault',
    'Setup ends with a fault that does not come again (-2054422494, 0x858C0022)',
    { code: -2054422494 },
  ],
  ['setup-fails-in-the-installer', 'The Windows Installer fails (1603)', { code: 1603 }],
  ['setup-crashes', 'Setup crashes (-1073741818)', { code: -1073741818 }],
  ['setup-says-done-and-is-not', 'Setup ends with 0 and has installed nothing', { code: 0 }],
];

/** Every exit code of setup, on the first node; and on a worker the one that looks like a success. */
export const setupEnds: readonly Scenario[] = [
  ...ENDS.map(([name, title, end]): Scenario => ({
    name,
    title,
    source: CODES,
    on: 'fresh',
    spoil: ({ first }) => void (first.setupEnds = { ...end }),
  })),
  {
    name: 'worker-setup-says-done-and-is-not',
    title: 'Setup of a worker ends with 0 and has installed nothing',
    source: CODES,
    on: 'fresh',
    spoil: ({ worker }) => void (worker.setupEnds = { code: 0 }),
  },
];
