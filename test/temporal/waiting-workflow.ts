import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

interface Activities {
  readonly step: (name: string) => Promise<void>;
}

const { step } = proxyActivities<Activities>({ startToCloseTimeout: '10 seconds' });

export const goOn = defineSignal('goOn');

/** Does a step, waits until it is told to go on, does another one. */
export async function twoSteps(): Promise<string> {
  let told = false;
  setHandler(goOn, () => {
    told = true;
  });
  await step('first');
  await condition(() => told);
  await step('second');
  return 'both steps are done';
}
