import type { Cell, Check, NumberedRequest, Sheet, Table } from '../../activities/requests/sheet.ts';

/** A sheet as a Markdown file. The same site makes the same text, whenever it is written. */
export function presentSheet(sheet: Sheet): string {
  const parts = [
    `# ${sheet.title}: what ${code(sheet.site)} needs`,
    sheet.about,
    [
      'SQL Server Integration Services (SSIS) Scale Out is to be made highly available at this site.',
      'Each line has a number, which stays; the preflight of ssis-ha names the lines that are still open.',
    ].join('\n'),
    ...sheet.requests.flatMap(requestParts),
  ];
  return `${parts.join('\n\n')}\n`;
}

function requestParts(request: NumberedRequest): readonly string[] {
  const heading = `## ${request.number} ${request.title}`;
  if ('notNeeded' in request) return [heading, `Not needed. ${request.notNeeded}`];
  return [
    heading,
    request.wanted,
    tableOf(request.table),
    `**Why.** ${request.why}`,
    ...request.checks.map(checkText),
    `- [ ] ${request.number} done, by and on:`,
    `Source: ${request.source}`,
  ];
}

function tableOf({ columns, rows }: Table): string {
  const lines = [
    columns.map(({ heading }) => heading),
    columns.map(() => '---'),
    ...rows.map((row) => row.map((cell, at) => cellText(cell, columns[at]?.kind === 'value'))),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellText(cell: Cell, isValue: boolean): string {
  const texts = typeof cell === 'string' ? [cell] : cell;
  return texts.map((text) => (isValue ? codeInTable(text) : text)).join(', ') || '–';
}

function checkText({ where, language, line, good }: Check): string {
  const fence = '`'.repeat(Math.max(3, longestRun(line) + 1));
  return [`**Check.** ${where}:`, '', `${fence}${language}`, line, fence, '', `Good: ${good}`].join('\n');
}

/** Source: *GitHub Flavored Markdown*, tables: a bar ends a cell in code too, unless it is escaped. */
function codeInTable(text: string): string {
  return code(text).replaceAll('|', '\\|');
}

/** Source: *CommonMark*, code spans: as many backquotes around as it holds none of; a line end is a blank there. */
function code(text: string): string {
  const shown = text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '\u{fffd}');
  const marks = '`'.repeat(longestRun(shown) + 1);
  const room = shown.startsWith('`') || shown.endsWith('`') || shown === '' ? ' ' : '';
  return `${marks}${room}${shown}${room}${marks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
