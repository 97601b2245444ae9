import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FINDINGS, type FindingId } from '../../activities/findings/known.ts';
import { errorsIn, type WrittenError } from './written-errors.ts';

/** What the file of a step says of it. */
export interface StepSource {
  /** Path in the repository. */
  readonly file: string;
  /** Folder of its chapter. */
  readonly folder: string;
  /** Paragraphs of its docstring and of that of its kind, without their sources. */
  readonly prose: readonly string[];
  readonly sources: readonly string[];
  readonly errors: readonly WrittenError[];
  /** What a check of the preflight may find. */
  readonly finds: readonly FindingId[];
}

const STEPS = 'activities/steps';

/** Reads the files of all steps; answers them by the step's id. Throws where one has no docstring. */
export function readStepSources(root: string): ReadonlyMap<string, StepSource> {
  const found = new Map<string, StepSource>();
  const folders = readdirSync(join(root, STEPS), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  for (const { name: folder } of folders) {
    for (const name of readdirSync(join(root, STEPS, folder))) {
      const file = `${STEPS}/${folder}/${name}`;
      const text = readFileSync(join(root, file), 'utf8');
      const [, id] = /^ {2}id: '([^']+)',$/m.exec(text) ?? [];
      if (id !== undefined) found.set(id, { file, folder, ...withBasis(root, file, text) });
    }
  }
  return found;
}

/** A step can be one of a kind, which is described, and fails, in the file of its kind. */
function withBasis(root: string, file: string, text: string): Omit<StepSource, 'file' | 'folder'> {
  const [, comment, name] = STEP.exec(text) ?? [];
  if (comment === undefined || name === undefined)
    throw new Error(`No docstring stands before the step of ${file}`);
  const own = sayingsOf(comment);
  const basis = readImported(root, file, text, /^ {2}\.\.\.(\w+),$/m.exec(text)?.[1] ?? name);
  const errors = [...errorsIn(text), ...errorsIn(basis)];
  const kind = new RegExp(`${COMMENT}export function ${name}\\b`).exec(basis)?.[1];
  const finds = KNOWN.filter((id) => text.includes(`'${id}'`));
  if (kind === undefined) return { ...own, errors, finds };
  const { prose, sources } = sayingsOf(kind);
  return { prose: [...own.prose, ...prose], sources: [...own.sources, ...sources], errors, finds };
}

/** The text of the file that a name is imported from; nothing where that is what all steps are made with. */
function readImported(root: string, file: string, text: string, name: string): string {
  const [, from = ''] = new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '([^']+)'`).exec(text) ?? [];
  const path = join(root, dirname(file), from);
  return WITH_WHICH_STEPS_ARE_MADE.some((made) => path === join(root, made))
    ? ''
    : readFileSync(path, 'utf8');
}

const KNOWN = Object.keys(FINDINGS) as readonly FindingId[];

const WITH_WHICH_STEPS_ARE_MADE = ['activities/step.ts', 'activities/define-findings.ts'];

/** The block comment that stands right before something. */
const COMMENT = String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*`;
const STEP = new RegExp(String.raw`${COMMENT}export const \w+ = (define\w+)\(`);

function sayingsOf(comment: string): Pick<StepSource, 'prose' | 'sources'> {
  const paragraphs = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim())
    .join('\n')
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll('\n', ' '));
  return {
    prose: paragraphs.filter((paragraph) => !paragraph.startsWith(SOURCE)),
    sources: paragraphs
      .filter((paragraph) => paragraph.startsWith(SOURCE))
      .flatMap((paragraph) => separate(paragraph.slice(SOURCE.length).trim())),
  };
}

const SOURCE = 'Source:';

/** One source each: they are told apart by semicolons, or by a new page's name that begins a sentence. */
function separate(sources: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const piece of sources.split(/(;\s+|(?<=\.) (?=\*)|[()])/)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (depth === 0 && (piece === ' ' || /^;\s+$/.test(piece))) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${piece}`);
  }
  return parts.reduce<string[]>(joinSections, []).map((part) => part.replace(/\.$/, ''));
}

/** A part that names no page of its own goes on about the one before it. */
function joinSections(parts: string[], part: string): string[] {
  const before = parts.at(-1);
  return before !== undefined && /^(section|the)\b/.test(part)
    ? [...parts.slice(0, -1), `${before}; ${part}`]
    : [...parts, part];
}
