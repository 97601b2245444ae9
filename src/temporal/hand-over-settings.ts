/**
 * A server reads the queues of a shard at most 20 times a second unless told otherwise. A run lives in one shard, so
 * after the first 20 every hand-over of a run to a worker waits for the next of these 50 ms.
 *
 * Source: temporalio/temporal v1.31.2, `common/dynamicconfig/constants.go`: `TransferProcessorMaxPollRPS` and
 * `TimerProcessorMaxPollRPS`, default 20; `service/history/queues/reader.go`.
 */
export const QUEUE_SETTINGS = [
  'history.transferProcessorMaxPollRPS=5000',
  'history.timerProcessorMaxPollRPS=5000',
] as const;

/** What the dev server is started with: the queues, and activities on the workflow's own worker without a round by the server. */
export const DEV_SERVER_SETTINGS = [...QUEUE_SETTINGS, 'system.enableActivityEagerExecution=true'] as const;
