import type {
  CaughtUp,
  CommitInput,
  CommitResult,
  StreamActivities,
  StreamInput,
  UndecidedCommit,
} from '@giamsat/contracts/workflow';
import { log, proxyActivities, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow';

/** Quick and cheap in history, but while it fails it writes events without end: so three attempts only, within 6 s. */
const quick = proxyLocalActivities<StreamActivities>({
  startToCloseTimeout: '2 seconds',
  scheduleToCloseTimeout: '6 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 3, maximumAttempts: 3 },
});

/** Waits for Postgres as long as it takes and leaves three events, however often it is tried. */
const patient = proxyActivities<StreamActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
});

/** The one way into the ledger (design §3.3). The activity is idempotent by commandId and afterSeq, so a second try is safe. */
export function commit(input: CommitInput | UndecidedCommit): Promise<CommitResult> {
  return quick.commit(input).catch((error: unknown) => {
    if (!(error instanceof TemporalFailure)) throw error;
    return patient.commit(input);
  });
}

/** Nothing when the ledger cannot be read: whoever nudged will nudge again. */
export async function catchUp({ scope, id }: StreamInput, afterSeq: number): Promise<CaughtUp | null> {
  try {
    return await quick.catchUp({ scope, id, afterSeq });
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    log.warn('the ledger could not be read');
    return null;
  }
}
