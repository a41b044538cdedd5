import type { DeliveryActivities } from '@giamsat/contracts/workflow';
import { wakeDeliverySignal } from '@giamsat/contracts/workflow';
import { condition, continueAsNew, proxyActivities, setHandler } from '@temporalio/workflow';

const BATCHES_PER_RUN = 200;
const ROWS_PER_BATCH = 100;

const { deliverBatch } = proxyActivities<DeliveryActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '60 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Sends what the outbox holds; sleeps until a row falls due or somebody wakes it (design §3.15). The rows are the state. */
export async function deliveryWorkflow(): Promise<void> {
  let woken = false;
  setHandler(wakeDeliverySignal, () => void (woken = true));
  for (let batch = 0; batch < BATCHES_PER_RUN; batch++) {
    woken = false;
    const { handled, next } = await deliverBatch({ limit: ROWS_PER_BATCH });
    if (handled === ROWS_PER_BATCH) continue;
    if (next === null) await condition(() => woken);
    else await condition(() => woken, Math.max(1, Date.parse(next) - Date.now()));
  }
  await continueAsNew<typeof deliveryWorkflow>();
}
