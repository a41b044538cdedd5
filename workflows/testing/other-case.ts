import { condition, sleep } from '@temporalio/workflow';

/** What no history of a case was written by: a replay of one fails. */
async function otherCase(): Promise<void> {
  await sleep('1 hour');
  await condition(() => false);
}
export { otherCase as case };
