import type { HostLedger, RestartWish } from '../client/restart-ledger.ts';
import { counted } from './measures.ts';
import { bold, dim, dayAndTime, toned, wrapped, type Style } from './style.ts';

/** The restart ledger: host by host what wants a restart, what is accepted, and what the newest run restarted. */
export function presentRestarts(
  hosts: readonly HostLedger[],
  perHost: number,
  style: Style,
): readonly string[] {
  const wanting = hosts.filter(({ wanted }) => wanted.some(({ accepted }) => accepted === null));
  const unseen = hosts.filter((host) => host.unseen !== null);
  return [
    ...hosts.flatMap((host) => hostLines(host, perHost, style)),
    `${counted(wanting.length, 'host wants', 'hosts want')} a restart${unseen.length > 0 ? `, ${unseen.length} could not be looked at` : ''}; nothing was changed.`,
  ];
}

function hostLines(ledger: HostLedger, perHost: number, style: Style): readonly string[] {
  const { host, wanted, unseen, restarts } = ledger;
  const count = `· restarted ${restarts.length} of ${counted(perHost, 'time')} by the newest run`;
  return [
    `${bold(host, style)} ${stateOf(ledger, style)} ${dim(count, style)}`,
    ...(unseen === null ? [] : wrapped(unseen, 4, style.width)),
    ...wanted.flatMap((wish) => wishLines(wish, style)),
    ...restarts.flatMap(({ at, stepKey, wanted: why }) =>
      wrapped(`${dayAndTime(at)} for ${stepKey}: ${why.join('; ')}`, 4, style.width).map((line) =>
        dim(line, style),
      ),
    ),
  ];
}

function stateOf({ wanted, unseen }: HostLedger, style: Style): string {
  if (unseen !== null) return toned('is not known', 'bad', style);
  if (wanted.length === 0) return toned('wants no restart', 'good', style);
  const isOpen = wanted.some(({ accepted }) => accepted === null);
  return isOpen
    ? toned('wants a restart', 'asks', style)
    : toned('wants only what is accepted', 'quiet', style);
}

function wishLines({ source, says, accepted }: RestartWish, style: Style): readonly string[] {
  return [
    ...wrapped(`${says} (${source})`, 4, style.width),
    ...(accepted === null
      ? []
      : wrapped(`accepted by ${accepted.by} until ${accepted.until}: ${accepted.reason}`, 6, style.width)),
  ];
}
