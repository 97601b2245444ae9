import {
  ApplicationFailure,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import type { Approvals } from './approvals.ts';
import { MESSAGES, type EndRequest, type Plan, type RunSnapshot, type UndoForecast } from './contract.ts';
import type { JournalPage } from './journal/event.ts';
import type { Journal } from './journal/journal.ts';
import type { Memory } from './memory.ts';
import {
  readAheadRequest,
  readAheadWithdrawal,
  readEndRequest,
  readSignalledDecision,
  readUpdatedDecision,
} from './messages.ts';
import { refusalOfSilence } from './refusals.ts';
import { forecastUndo } from './undo-forecast.ts';

/** What of a run its messages reach. */
export interface Addressed {
  readonly approvals: Approvals;
  readonly plan: Plan;
  readonly memories: readonly Memory[];
  readonly journal: Journal;
  snapshot(): RunSnapshot;
  takeEnd(end: EndRequest): void;
}

/**
 * Registers a handler for every message that a run takes. An update answers nothing but that it was taken: what it
 * answers stays in history for good, and a snapshot of a large estate each time would fill it.
 */
export function handleMessages(run: Addressed): void {
  setHandler(defineQuery<RunSnapshot>(MESSAGES.progress), () => run.snapshot());
  setHandler(defineQuery<Plan>(MESSAGES.plan), () => run.plan);
  setHandler(defineQuery<UndoForecast>(MESSAGES.whatIfStopped), () => forecastUndo(run.memories));
  setHandler(defineQuery<JournalPage, [unknown]>(MESSAGES.journal), (from) => run.journal.page(Number(from)));
  for (const verdict of ['approve', 'reject'] as const) {
    setHandler(defineSignal<[unknown]>(MESSAGES[verdict]), (message) =>
      run.approvals.takeSignal(verdict, readSignalledDecision(message)),
    );
  }
  setHandler(defineSignal<[unknown]>(MESSAGES.end), (message) => run.takeEnd(readEndRequest(message)));
  setHandler(
    defineUpdate<void, [unknown]>(MESSAGES.decide),
    (message) => run.approvals.take(readUpdatedDecision(message)),
    {
      validator: (message) => {
        const decision = readUpdatedDecision(message);
        refuse(run.approvals.refusalOf(decision) ?? refusalOfSilence(decision));
      },
    },
  );
  handleAhead(run);
}

function handleAhead(run: Addressed): void {
  setHandler(
    defineUpdate<void, [unknown]>(MESSAGES.approveAhead),
    (message) => run.approvals.approveAhead(readAheadRequest(message)),
    { validator: (message) => refuse(run.approvals.ahead.refusalOf(readAheadRequest(message))) },
  );
  setHandler(
    defineUpdate<void, [unknown]>(MESSAGES.withdrawAhead),
    (message) => run.approvals.withdrawAhead(readAheadWithdrawal(message)),
    { validator: (message) => refuse(run.approvals.ahead.refusalOfWithdrawal(readAheadWithdrawal(message))) },
  );
}

function refuse(refusal: string | null): void {
  if (refusal) throw ApplicationFailure.nonRetryable(refusal, 'Refused');
}
