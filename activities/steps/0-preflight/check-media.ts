import { z } from 'zod';
import { defineCheck } from '../../step.ts';
import { everyHost } from '../hosts.ts';

/**
 * Media of the right version, local to the machine, and beside it exactly one update: that of the build which
 * the site names, since setup would take the newest that it finds. A volume licence key does not tell its
 * edition; that is judged once the engine is installed.
 *
 * Source: *Command-line install*, PID and UpdateSource; *Command-line install*, remarks on network shares and
 * the second hop.
 */
export const checkMedia = defineCheck({
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
  shortfall({ setup, key, updates: found }, { media, updates, build, edition, hasOwnKey }) {
    if (setup === null) return [`${media}\\setup.exe is not there`];
    const [major] = build.split('.');
    const [only, ...more] = found;
    return [
      ...(setup.split('.')[0] === major ? [] : [`${media} holds version ${setup}, not ${major}.x`]),
      ...(hasOwnKey || keysOf(edition).includes(key)
        ? []
        : [`${media} brings ${KEYS[key]}, the site wants ${edition}`]),
      ...(only ? [] : [`${updates} holds no update`]),
      ...(more.length > 0
        ? [`${updates} holds ${found.length} updates: ${found.map(({ file }) => file).join(', ')}`]
        : []),
      ...(only && more.length === 0 && only.build !== build
        ? [`${updates}\\${only.file} is build ${only.build}, not ${build}`]
        : []),
    ];
  },
  advice: ({ setup }, { media, updates, build }) =>
    setup === null
      ? `Copy the media to ${media} on this machine, then retry.`
      : `Put media of the site's version into ${media} and the one update of build ${build} into ${updates}, then retry.`,
});

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
