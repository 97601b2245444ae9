import { workflowInfo, type WorkflowInternalsInterceptor } from '@temporalio/workflow';

/** Lets a replayed run tell all that it told when it was performed: nothing in it can tell that it is a replay. */
const asIfLive: WorkflowInternalsInterceptor = {
  activate(input, next) {
    Object.assign(workflowInfo().unsafe, { isReplayingHistoryEvents: false });
    next(input);
  },
};

export const interceptors = () => ({ internals: [asIfLive] });
