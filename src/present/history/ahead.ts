import type { AheadApproval, RunSnapshot } from '../../../workflows/contract.ts';
import { because, instant, nameOf, sentence, type Passage, type Told } from './passage.ts';

/** Approvals ahead of time that somebody gave or took back. For which questions they counted, the decisions tell. */
export function approvedAhead({ before, after }: Passage): readonly Told[] {
  const known = new Map(before?.ahead?.map((approval) => [approval.id, approval]));
  return (after.ahead ?? []).flatMap((approval) => {
    const earlier = known.get(approval.id);
    const isWithdrawn = approval.withdrawn !== null && (earlier?.withdrawn ?? null) === null;
    return [
      ...(earlier ? [] : [toldOf(approval, 'moves', given(approval, after))]),
      ...(isWithdrawn ? [toldOf(approval, 'asks', withdrawn(approval, after))] : []),
    ];
  });
}

function toldOf({ steps: [key, ...more], kinds }: AheadApproval, tone: Told['tone'], text: string): Told {
  const isOfOneStep = more.length + kinds.length === 0;
  return { about: 'decision', stepKey: isOfOneStep ? (key ?? null) : null, tone, text };
}

function given(approval: AheadApproval, run: RunSnapshot): string {
  const { by, from, until, reason } = approval;
  return sentence(
    `${by} approved ahead of time, from ${moment(from)} until ${moment(until)}: ${objectsOf(approval, run)}`,
    ...because(reason),
  );
}

function withdrawn(approval: AheadApproval, run: RunSnapshot): string {
  const { by = '', reason = '' } = approval.withdrawn ?? {};
  return sentence(
    `${by} withdrew what ${approval.by} had approved ahead of time: ${objectsOf(approval, run)}`,
    ...because(reason),
  );
}

function objectsOf({ steps, kinds }: AheadApproval, run: RunSnapshot): string {
  return [...steps.map((key) => nameOf(key, run)), ...kinds].join(', ');
}

/** Its giver said it in a zone of their own. */
function moment(said: string): string {
  return instant(new Date(said).toISOString());
}
