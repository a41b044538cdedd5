import type { StreamRecord } from '@giamsat/audit';
import { board, ledger } from '@giamsat/database';
import type { CaseEvent } from '@giamsat/procedure';
import type { DataSource } from 'typeorm';

export type Scope = StreamRecord['scope'];
export type StreamKey = Pick<StreamRecord, 'scope' | 'id'>;
const PAGE = 500;

/**
 * The streams asked for, campaigns before cases: a case alone, a campaign with its cases, or all. They are taken from the
 * ledger, not from the board: a row that is missing is one of the things to find.
 */
export async function keysOf(
  database: DataSource,
  { id, scope }: { id?: string | undefined; scope?: Scope | undefined },
): Promise<StreamKey[]> {
  const keys: StreamKey[] = [];
  for await (const { kind, id: stream, seq, event } of everything(database)) {
    if (seq !== 1 || (kind !== 'case' && kind !== 'campaign')) continue;
    const first = event as CaseEvent;
    const campaign = first.type === 'opened' ? first.data.opening.campaign : undefined;
    const isWanted = id === undefined || stream === id || campaign === id;
    if (isWanted && (scope === undefined || scope === kind)) keys.push({ scope: kind, id: stream });
  }
  return keys.sort((a, b) => a.scope.localeCompare(b.scope));
}

async function* everything(database: DataSource): AsyncGenerator<ledger.FeedEntry> {
  for (let after: ledger.FeedCursor | null = null; ;) {
    const entries: ledger.FeedEntry[] = await ledger.feed(database, { after, limit: PAGE });
    yield* entries;
    const last = entries.at(-1);
    if (!last) return;
    after = last.cursor;
  }
}

export async function recordOf(database: DataSource, { scope, id }: StreamKey): Promise<StreamRecord> {
  const [line, events] = await Promise.all([
    board.find(database, scope, id),
    ledger.eventsOf(database, { kind: scope, id }),
  ]);
  return { scope, id, row: line?.row ?? null, events };
}
