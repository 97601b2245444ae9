import { CancellationScope, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type {
  Notice,
  NoticedQuestion,
  NoticeEvent,
  Plan,
  Question,
  Receiver,
  RunRequest,
  RunSnapshot,
} from './contract.ts';
import type { notice, NoticeRequest } from './notice.ts';

/** What of a run its notices tell. */
export interface Noticed {
  readonly request: RunRequest;
  readonly plan: Plan;
  snapshot(): RunSnapshot;
}

/** Tells people of a run, where its plan has receivers, by workflows of their own that it does not wait for. */
export class Notices {
  private readonly run: Noticed;
  private readonly starting: Promise<void>[] = [];
  private readonly last = new Map<string, string>();
  private count = 0;

  constructor(run: Noticed) {
    this.run = run;
  }

  /** A question that waits for people now. */
  ofQuestion(question: Question): void {
    const { asks, mode } = this.run.request;
    if (mode !== 'perform' && !asks) return;
    // A verification on a schedule asks the same again by itself, each time that it has looked.
    const said = JSON.stringify([question.about, question.seen]);
    if (asks && this.last.get(question.stepKey) === said) return;
    this.last.set(question.stepKey, said);
    const events: readonly NoticeEvent[] = [question.offers.includes('approve') ? 'question' : 'failure'];
    this.tell(events, this.run.snapshot(), this.shown(question));
  }

  ofEnd(ended: RunSnapshot): void {
    if (ended.mode !== 'perform' || ended.planHash === null) return;
    this.tell(ended.state === 'failed' ? ['failure', 'end'] : ['end'], ended, null);
  }

  /** Whether there is anything to wait for before the run may close. */
  get areStarting(): boolean {
    return this.starting.length > 0;
  }

  async started(): Promise<void> {
    await Promise.all(this.starting);
  }

  private tell(events: readonly NoticeEvent[], run: RunSnapshot, question: NoticedQuestion | null): void {
    const { notify, access } = this.run.plan;
    const meant = notify?.receivers.filter(({ on }) => events.some((event) => on.includes(event))) ?? [];
    const receivers = meant.flatMap(oneByOne);
    const [event] = events;
    if (!notify || event === undefined || receivers.length === 0) return;
    const { site, workflowId, runId, state, proof, change } = run;
    const told: Notice = {
      id: `${runId}/${(this.count += 1)}`,
      event,
      site,
      environment: access.environment,
      workflowId,
      runId,
      state,
      proof,
      change,
      question,
    };
    this.start({ notice: told, receivers, link: notify.link });
  }

  /** A run must not fail because people could not be told of it. */
  private start(request: NoticeRequest): void {
    const { workflowId, id } = request.notice;
    const starting = CancellationScope.nonCancellable(() =>
      startChild<typeof notice>('notice', {
        workflowId: `${workflowId}/notice/${id}`,
        args: [request],
        parentClosePolicy: ParentClosePolicy.ABANDON,
      }),
    );
    this.starting.push(
      starting.then(
        () => undefined,
        () => undefined,
      ),
    );
  }

  private shown(question: Question): NoticedQuestion {
    const { askedAt: _askedAt, ticket: _ticket, kinds: _kinds, needsReason: _why, ...shown } = question;
    const step = this.run.plan.steps.find(({ key }) => key === question.stepKey);
    return { ...shown, title: step?.title ?? question.stepKey, host: step?.host ?? '' };
  }
}

/** Of several addresses one may be refused for now: that one is tried again, and nobody else is told twice. */
function oneByOne(receiver: Receiver): readonly Receiver[] {
  return receiver.kind === 'mail'
    ? receiver.to.map((address) => ({ ...receiver, to: [address] }))
    : [receiver];
}
