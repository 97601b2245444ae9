import type { Finding } from '../../workflows/contract.ts';
import { counted } from './measures.ts';
import { bold, dim, toned, wrapped, type Style } from './style.ts';

/** All that preflight found, worst first, what is the same on several hosts once; and what comes next. */
export function presentFindings(
  findings: readonly Finding[],
  seen: { readonly looks: number; readonly hosts: number; readonly siteFile: string },
  style: Style,
): readonly string[] {
  return [
    ...grouped(findings).flatMap((group) => findingLines(group, style)),
    lastLine(findings, seen, style),
  ];
}

function findingLines(group: readonly [Finding, ...Finding[]], style: Style): readonly string[] {
  const [{ severity, id, seen, advice, sheet, accepted }] = group;
  const isBad = severity === 'error';
  const tone = isBad ? 'bad' : accepted === null ? 'asks' : 'quiet';
  const hosts = [...new Set(group.map(({ host }) => host))].join(', ');
  const breaks = [...new Set(group.flatMap((finding) => finding.breaks ?? []))];
  const said = accepted === null ? severity : `${severity}, accepted`;
  return [
    `${toned(isBad ? 'x' : '!', tone, style)} ${bold(hosts, style)} ${toned(said, tone, style)} ${dim(id, style)}`,
    ...wrapped(seen, 4, style.width).map((line) => toned(line, tone, style)),
    ...wrapped(sheet === null ? advice : `${advice} See ${sheet} (ssis-ha requests).`, 4, style.width),
    ...(breaks.length === 0
      ? []
      : wrapped(`concerns ${breaks.join(', ')}`, 4, style.width).map((line) => dim(line, style))),
    ...(accepted === null
      ? []
      : wrapped(`accepted by ${accepted.by} until ${accepted.until}: ${accepted.reason}`, 4, style.width)),
  ];
}

/** The same thing seen on several hosts is told once. */
function grouped(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { id, severity, seen, advice, accepted } = finding;
    const what = JSON.stringify([id, severity, seen, advice, accepted]);
    const group = groups.get(what);
    if (group) group.push(finding);
    else groups.set(what, [finding]);
  }
  return [...groups.values()];
}

function lastLine(
  findings: readonly Finding[],
  { looks, hosts, siteFile }: { readonly looks: number; readonly hosts: number; readonly siteFile: string },
  style: Style,
): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const accepted = findings.filter((finding) => finding.accepted !== null).length;
  const warnings = findings.length - errors - accepted;
  const where = `on ${counted(hosts, 'host')}`;
  const counts = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${accepted} accepted ${where}`;
  if (errors + warnings > 0) {
    const next = errors > 0 ? 'Mend them' : 'Mend or accept them';
    return `${counts}; nothing was changed. ${next}, then look again: ${style.command(`check --live ${siteFile}`)}`;
  }
  const clear = accepted > 0 ? counts : `Nothing stands in the way: ${counted(looks, 'look')} ${where}`;
  return `${clear}. Next: ${style.command(`rehearse ${siteFile}`)}`;
}
