import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Misuse } from '../failures.ts';

/** Source: NIST SP 800-63B, section 3.1.1.2: the longer the better, and no rules on what is in it. */
const LEAST_CHARACTERS = 12;
const MOST_CHARACTERS = 1024;

/** A new password for somebody: typed twice without being shown, or the first line of standard input. */
export async function newPasswordFor(name: string, isFromInput: boolean): Promise<string> {
  if (isFromInput) return sound(await firstLine(), name);
  if (!process.stdin.isTTY)
    throw new Misuse('Nobody sits here who could type a password', 'Pass it by --password-stdin.');
  const password = sound(await typed(`Password for ${name}: `), name);
  if ((await typed('The same again: ')) === password) return password;
  throw new Misuse('The two passwords differ', 'Type the same one twice.');
}

function sound(password: string, name: string): string {
  const { length } = Array.from(password);
  if (length < LEAST_CHARACTERS)
    throw new Misuse(
      `The password has ${length} characters`,
      `Choose one of ${LEAST_CHARACTERS} or more; a few words will do.`,
    );
  if (password.length > MOST_CHARACTERS)
    throw new Misuse(`The password has more than ${MOST_CHARACTERS} characters`, 'Choose a shorter one.');
  if (password.toLowerCase().includes(name.toLowerCase()) && length < 2 * LEAST_CHARACTERS)
    throw new Misuse('The password holds the name of its owner', 'Choose one that says nothing about them.');
  return password;
}

/** Asks on standard error, and shows nothing of what is typed. */
async function typed(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // Only now the terminal shows nothing: who answers at once must not be shown either.
  process.stderr.write(question);
  try {
    const left = new AbortController();
    // Ctrl+C and Ctrl+D.
    for (const end of ['SIGINT', 'close'] as const) terminal.once(end, () => left.abort());
    return await terminal.question('', { signal: left.signal });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    throw new Misuse('No password was given', 'Nothing was changed; begin again when you have one.');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 2 * MOST_CHARACTERS) break;
  }
  return text.split(/\r?\n/)[0] ?? '';
}
