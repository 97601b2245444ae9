import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { Misuse } from '../failures.ts';
import { examples, type AddCommand } from './command.ts';
import { faceOf, type Face } from './face.ts';

/** `ssis-ha schema`: what an editor needs to complete and explain a site file while it is written. */
export const addSchema: AddCommand = (program) => {
  const command = program
    .command('schema')
    .summary('print the JSON Schema of a site file, for editors')
    .description(
      'Prints the JSON Schema (draft-07) of a site file: editors with the YAML language server complete its keys, ' +
        'explain them, and mark what is wrong. "ssis-ha check" knows more: what must agree between parts.',
    )
    .option('-o, --output <FILE>', 'write it to this file, over an older one')
    .action(async (options: { readonly output?: string }, self: Command) =>
      schema(options.output ?? null, faceOf(self)),
    );
  examples(command, 'ssis-ha schema -o ssis-ha.schema.json');
};

async function schema(file: string | null, face: Face): Promise<void> {
  const { siteJsonSchema } = await import('../site-file/site-schema.ts');
  const text = `${JSON.stringify(siteJsonSchema(), null, 2)}\n`;
  if (file === null) return void process.stdout.write(text);
  await writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    const cause = error.code ?? error.message;
    throw new Misuse(
      `${file} cannot be written (${cause})`,
      'Name a file in a folder that is there and yours.',
    );
  });
  if (face.json) return face.printJson({ path: file });
  face.print([
    `Wrote ${file}. An editor reads it where the site file begins with this line:`,
    `  # yaml-language-server: $schema=${/^([A-Za-z]:|[\\/.])/.test(file) ? file : `./${file}`}`,
    'A path that is not absolute starts from the folder of the site file.',
  ]);
}
