import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import { CONTROL_QUEUE, type Notice, type Receiver, type Telling } from './contract.ts';

interface NoticeActivities {
  readonly tellReceiver: (telling: Telling) => Promise<void>;
}

/** A receiver may be away for a night; what is older than a day nobody needs to be told. */
const { tellReceiver } = proxyActivities<NoticeActivities>({
  taskQueue: CONTROL_QUEUE,
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '24h',
  retry: {
    initialInterval: '1s',
    backoffCoefficient: 2,
    maximumInterval: '10m',
    nonRetryableErrorTypes: ['Operator', 'Bug'],
  },
});

export interface NoticeRequest {
  readonly notice: Notice;
  readonly receivers: readonly Receiver[];
  /** Address of the control room; null: the one that the control worker knows. */
  readonly link: string | null;
}

/** Tells every receiver by itself: one that is away keeps no other waiting, and never the run. */
export async function notice({ receivers, ...told }: NoticeRequest): Promise<void> {
  const tellings = await Promise.allSettled(receivers.map((receiver) => tellReceiver({ ...told, receiver })));
  const failed = tellings.filter(({ status }) => status === 'rejected').length;
  if (failed === 0) return;
  throw ApplicationFailure.nonRetryable(`${failed} of ${receivers.length} receivers could not be told`);
}
