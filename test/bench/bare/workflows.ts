// What the SDK costs by itself: one workflow, one update handler, nothing else.
import { allHandlersFinished, condition, defineUpdate, proxyLocalActivities, setHandler } from '@temporalio/workflow';

export interface Row {
  id: string;
  body: string;
}
/** What the last row of a workflow says: it ends with it, as a case does with its last act. */
export const LAST = 'that was the last step';
export interface RowActivities {
  insertRow(row: Row): Promise<{ written: true }>;
}

const { insertRow } = proxyLocalActivities<RowActivities>({ startToCloseTimeout: '2 seconds' });

/** Answers at once. */
export const touchUpdate = defineUpdate<{ written: boolean }, [Row]>('touch');
/** Answers when one row is committed. */
export const writeUpdate = defineUpdate<{ written: boolean }, [Row]>('write');

export async function bare(): Promise<void> {
  let isOver = false;
  setHandler(touchUpdate, (row) => {
    isOver = row.body === LAST;
    return { written: false };
  });
  setHandler(writeUpdate, (row) => {
    isOver = row.body === LAST;
    return insertRow(row);
  });
  await condition(() => isOver && allHandlersFinished());
}
