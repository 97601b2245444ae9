import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  uiPort: z.int().min(1).max(65_535),
});

/** What is kept beside the database file, so that another process can find the server that works on it. */
export type ServerRecord = Readonly<z.infer<typeof schema>>;

const FILE = 'temporal-server.json';

/** The server that was last started in the directory, alive or not; null when there is no record that can be read. */
export async function readServerRecord(directory: string): Promise<ServerRecord | null> {
  try {
    return schema.parse(JSON.parse(await readFile(join(directory, FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** Written beside and renamed, so that nobody reads half a record. */
export async function writeServerRecord(directory: string, record: ServerRecord): Promise<void> {
  const file = join(directory, FILE);
  await writeFile(`${file}.new`, `${JSON.stringify(record)}\n`);
  await rename(`${file}.new`, file);
}
