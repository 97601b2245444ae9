import { z } from 'zod';
import type { Acceptance } from '../../workflows/contract.ts';
import { isoDay } from '../findings/accepted.ts';
import type { Ports } from '../ports.ts';
import { sameName } from '../same-name.ts';
import type { RestartReason } from '../scripts/lines/host.ts';

/** What wants a host to restart, in words: what counts, and what a person has accepted until a day that is not over. */
export interface WantedRestart {
  /** `Session Manager\PendingFileRenameOperations: C:\…\driver.sys (file-renames)`. */
  readonly reasons: readonly string[];
  readonly accepted: readonly string[];
}

/** What a look at a host says of it, where a restart comes before everything else. */
export const restartObserved = {
  restartReasons: z.array(z.string()),
  restartsAccepted: z.array(z.string()),
};

interface RestartObserved {
  readonly restartReasons: string[];
  readonly restartsAccepted: string[];
}

export async function observeRestart(
  ports: Pick<Ports, 'powershell' | 'clock'>,
  { accepted: given = [] }: { readonly accepted?: readonly Acceptance[] },
): Promise<RestartObserved> {
  const { reasons, accepted } = await wantedRestart(ports, given);
  return { restartReasons: [...reasons], restartsAccepted: [...accepted] };
}

/** For a person who is asked about setup, which judges by a rule of its own. */
export function restartNotes({ restartReasons, restartsAccepted }: RestartObserved): readonly string[] {
  const meaning = 'Setup judges by itself whether a restart pends: it may refuse to begin all the same';
  return [
    ...restartReasons.map((reason) => `A restart pends: ${reason}`),
    ...restartsAccepted.map((reason) => `A restart pends: ${reason}. ${meaning}`),
  ];
}

/** Asks the host of the ports. */
export async function wantedRestart(
  { powershell, clock }: Pick<Ports, 'powershell' | 'clock'>,
  accepted: readonly Acceptance[],
): Promise<WantedRestart> {
  const { reasons } = await powershell.run('getPendingRestart', {});
  const today = isoDay(clock.now());
  const valid = accepted.filter(({ finding, until }) => finding === 'restart-pends' && until >= today);
  const judged = reasons.map((reason) => ({ reason, by: valid.find((one) => covers(one.source, reason)) }));
  return {
    reasons: judged.flatMap(({ reason, by }) => (by ? [] : [inWords(reason)])),
    accepted: judged.flatMap(({ reason, by }) =>
      by ? [`${inWords(reason)}, accepted by ${by.by} until ${by.until}: ${by.reason}`] : [],
    ),
  };
}

export function inWords({ source, says }: RestartReason): string {
  return `${says} (${source})`;
}

/** An acceptance names a source, or a key or file of one; without either it means all. */
export function covers(accepted: string | null, { source, says }: RestartReason): boolean {
  if (accepted === null || sameName(accepted, source)) return true;
  return says.toLowerCase().includes(accepted.toLowerCase());
}
