import type { Command } from 'commander';
import { presentPlan } from '../present.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf } from './face.ts';

/** `ssis-ha plan`: what a run would go through, without any server. */
export const addPlan: AddCommand = (program) => {
  const command = program
    .command('plan')
    .summary('show the steps of a run')
    .description(
      'Shows the steps that a run of the site would go through. Needs no server, and reaches no host.',
    )
    .argument('<SITE>', 'the site file')
    .action(async (site: string, _options: unknown, self: Command) => {
      const face = faceOf(self);
      const [{ readSiteFile }, { planFor }] = await Promise.all([
        import('../site-file.ts'),
        import('../plan.ts'),
      ]);
      const plan = await planFor(readSiteFile(site));
      if (face.json) face.printJson(plan);
      else face.print(presentPlan(plan, site, face.style));
    });
  examples(command, 'ssis-ha plan site.yaml');
};
