import { sentenceOf } from '../../activities/truth/places.ts';
import type { GridCell, Verification } from '../client/verification.ts';
import { counted } from './measures.ts';
import { bold, toned, wrapped, type Style } from './style.ts';
import { gridLines } from './truth-grid.ts';

/** One grid of what must agree, what differs and who mends it, what could not be read, and what lies ahead. */
export function presentVerification(found: Verification, siteFile: string, style: Style): readonly string[] {
  return [
    ...gridLines(found.cells, style),
    '',
    ...found.cells.filter(({ state }) => state === 'differs').flatMap((cell) => difference(cell, style)),
    ...found.problems.flatMap(({ host, message, advice }) => [
      `${toned('?', 'asks', style)} ${bold(host, style)} could not be looked at`,
      ...wrapped(message, 4, style.width),
      ...wrapped(advice, 4, style.width),
    ]),
    ...found.warnings.flatMap((warning) => [
      ...marked(warning.isOver ? 'x' : '!', warning.message, warning.isOver ? 'bad' : 'asks', style),
      ...wrapped(warning.advice, 4, style.width),
    ]),
    ...verdict(found, siteFile, style),
  ];
}

function difference(cell: GridCell, style: Style): readonly string[] {
  const said = sentenceOf({ ...cell, agrees: false, mendedBy: cell.mendedBy ?? '' });
  return [
    ...marked('x', said, 'bad', style),
    ...wrapped(`Mended by ${cell.mendedBy ?? 'nobody'}.`, 4, style.width),
  ];
}

function marked(mark: string, text: string, tone: 'bad' | 'asks', style: Style): readonly string[] {
  const [first = '', ...rest] = wrapped(text, 2, style.width);
  return [
    `${toned(mark, tone, style)} ${toned(first.trimStart(), tone, style)}`,
    ...rest.map((line) => toned(line, tone, style)),
  ];
}

function verdict({ cells, problems, warnings, isSound }: Verification, siteFile: string, style: Style) {
  const differing = cells.filter(({ state }) => state === 'differs').length;
  const unknown = cells.filter(({ state }) => state === 'not known').length;
  const ahead = warnings.length === 0 ? 'nothing lies ahead' : counted(warnings.length, 'warning');
  if (isSound) return [toned(`All eight places agree; ${ahead}.`, 'good', style)];
  const told = [
    ...(cells.length === 0 ? ['nothing was looked at'] : []),
    ...(differing > 0 ? [`${differing} of ${counted(cells.length, 'cell')} differ`] : []),
    ...(unknown > 0 ? [`${unknown} not known`] : []),
    ...(unknown === 0 && problems.length > 0 ? [counted(problems.length, 'look') + ' failed'] : []),
    ahead,
  ];
  return [
    toned(`${told.join(', ')}.`, 'bad', style),
    ...(differing > 0
      ? wrapped(
          `A new run mends what differs, or asks where it may not: ${style.command(`start ${siteFile}`)}`,
          0,
          style.width,
        )
      : []),
    ...wrapped(`Nothing was changed. To look again: ${style.command(`verify ${siteFile}`)}`, 0, style.width),
  ];
}
