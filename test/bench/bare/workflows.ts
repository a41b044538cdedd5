// What the SDK costs by itself: one workflow, one update handler, nothing else.
import { condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';

export interface Row {
  id: string;
  body: string;
}
export interface RowActivities {
  insertRow(row: Row): Promise<{ written: true }>;
}

const { insertRow } = proxyLocalActivities<RowActivities>({ startToCloseTimeout: '2 seconds' });

/** Answers at once. */
export const touchUpdate = defineUpdate<{ written: boolean }, [Row]>('touch');
/** Answers when one row is committed. */
export const writeUpdate = defineUpdate<{ written: boolean }, [Row]>('write');

export async function bare(): Promise<void> {
  setHandler(touchUpdate, () => ({ written: false }));
  setHandler(writeUpdate, (row) => insertRow(row));
  await condition(() => false);
}
