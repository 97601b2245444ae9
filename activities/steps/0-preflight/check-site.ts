import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { designWarnings, type DesignWarning } from '../../findings/design.ts';
import { theFirstNode } from '../hosts.ts';

/**
 * What the site file itself gives up: nothing is wrong with it, and a person should have said that they know.
 *
 * Stands last of the preflight and waits for all of it, so that what follows waits for one step only: it asks no
 * machine, and so costs no time.
 *
 * Source: domain facts, C12 and 1.5.
 */
export const checkSite = defineFindings({
  id: 'check-site',
  title: 'Look at what the site file gives up',
  why: 'An estate can be built as it is written and still stop when one machine does.',
  on: theFirstNode,
  after: [
    'check-host',
    'check-restart',
    'check-secrets',
    'check-media',
    'check-accounts',
    'check-rights',
    'check-spns',
    'check-certificates',
    'check-trusted-roots',
    'check-shares',
    'check-ports',
    'check-sign-in',
    'check-installed',
    'check-names',
  ],
  takes: (site) => ({ given: designWarnings(site).map(({ id, fault }) => ({ id, fault })) }),

  observed: z.strictObject({}),
  probe: () => Promise.resolve({}),
  findings: (_observed, { given }) => given.map(({ id, fault }) => ({ id, fault, line: null })),
  warnings: ['few-workers', 'tls-unverified', 'workers-on-nodes'] satisfies DesignWarning['id'][],
});
