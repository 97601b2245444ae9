import { z } from 'zod';
import { defineFindings } from '../../define-findings.ts';
import { asFindings, type Finding } from '../../requests/lines.ts';
import { everyHost } from '../hosts.ts';

/**
 * Media of the right version, local to the machine, and beside it exactly one update: that of the build which
 * the site names, since setup would take the newest that it finds. A volume licence key does not tell its
 * edition; that is judged once the engine is installed.
 *
 * Source: *Command-line install*, PID and UpdateSource; *Command-line install*, remarks on network shares and
 * the second hop.
 */
export const checkMedia = defineFindings({
  id: 'check-media',
  title: 'Look at the setup media',
  why: 'Nodes and workers of different builds cannot share one SSISDB.',
  on: everyHost,
  after: [{ sameHost: 'check-host' }],
  takes: ({ product }) => ({
    media: product.media,
    updates: product.updates,
    build: product.build,
    edition: product.edition,
    hasOwnKey: product.productKey !== null,
  }),

  observed: z.strictObject({
    setup: z.string().nullable(),
    key: z.enum(['none', 'evaluation', 'developer', 'own']),
    updates: z.array(z.strictObject({ file: z.string(), build: z.string() })),
  }),
  probe: ({ powershell }, { media, updates }) => powershell.run('getMedia', { media, updates }),
  findings: (seen, input) =>
    seen.setup === null
      ? asFindings(null, [`${input.media}\\setup.exe is not there`], 'media-missing')
      : [...mediaFindings(seen, seen.setup, input), ...updateFindings(seen, input)],
});

interface Seen {
  readonly key: Key;
  readonly updates: readonly { readonly file: string; readonly build: string }[];
}

interface Wanted {
  readonly media: string;
  readonly updates: string;
  readonly build: string;
  readonly edition: 'Enterprise' | 'Developer' | 'Evaluation';
  readonly hasOwnKey: boolean;
}

function mediaFindings({ key }: Seen, setup: string, wanted: Wanted): readonly Finding[] {
  const { media, build, edition, hasOwnKey } = wanted;
  const [major] = build.split('.');
  const isOfVersion = setup.split('.')[0] === major;
  const isOfEdition = hasOwnKey || keysOf(edition).includes(key);
  const otherVersion = isOfVersion ? [] : [`${media} holds version ${setup}, not ${major}.x`];
  const otherEdition = isOfEdition ? [] : [`${media} brings ${KEYS[key]}, the site wants ${edition}`];
  return [
    ...asFindings(null, otherVersion, 'media-of-another-version'),
    ...asFindings(null, otherEdition, 'media-of-another-edition'),
  ];
}

function updateFindings({ updates: found }: Seen, { updates, build }: Wanted): readonly Finding[] {
  const [only, ...more] = found;
  if (!only) return asFindings(null, [`${updates} holds no update`], 'update-missing');
  const files = found.map(({ file }) => file).join(', ');
  if (more.length > 0)
    return asFindings(null, [`${updates} holds ${found.length} updates: ${files}`], 'updates-many');
  if (only.build === build) return [];
  const fault = `${updates}\\${only.file} is build ${only.build}, not ${build}`;
  return asFindings(null, [fault], 'update-of-another-build');
}

type Key = 'none' | 'evaluation' | 'developer' | 'own';

const KEYS = {
  none: 'no key',
  evaluation: 'the key of an evaluation',
  developer: 'the key of Developer',
  own: 'a product key',
} as const;

/** Without a key setup installs an evaluation. */
function keysOf(edition: 'Enterprise' | 'Developer' | 'Evaluation'): readonly Key[] {
  if (edition === 'Enterprise') return ['own'];
  return edition === 'Developer' ? ['developer'] : ['none', 'evaluation'];
}
