import type { StreamInput } from '@giamsat/contracts/workflow';
import type { ActDates, CaseEvent, CompiledProcedure, Paper } from '@giamsat/procedure';
import type { StreamKind } from '../entities/ledger.js';
import { hashesOf, type LedgerEvent } from '../ledger/events-as-parameters.js';
import { json, select, selectOne, type Db } from '../sql.js';

export interface StreamRef {
  kind: StreamKind;
  id: string;
}

/**
 * Events of a stream in order. `asOf` = what was known at that moment: all before the first event entered later, so that
 * the answer can be folded.
 */
export async function eventsOf<T = CaseEvent>(
  db: Db,
  { kind, id, afterSeq = 0, asOf }: StreamRef & { afterSeq?: number; asOf?: string },
): Promise<T[]> {
  const rows = await select<{ data: T }>(
    db,
    `SELECT data FROM ledger WHERE stream_kind = $1 AND stream_id = $2 AND seq > $3
       AND seq < coalesce((SELECT min(seq) FROM ledger WHERE stream_kind = $1 AND stream_id = $2 AND at > $4), 2147483647)
     ORDER BY seq`,
    [kind, id, afterSeq, asOf ?? null],
  );
  return rows.map((row) => row.data);
}

/** Of somebody else's case, what a measure hangs on that a unit of the viewer owes in it, and nothing else. */
export async function owedEventsOf(db: Db, caseId: string): Promise<CaseEvent[]> {
  const rows = await select<{ data: CaseEvent }>(db, `SELECT data FROM owed_events($1) ORDER BY seq`, [caseId]);
  return rows.map(({ data }) => data);
}

/** The procedure that each of these streams is pinned to: that of its opening, or the last that was applied to it. */
export async function proceduresOf(
  db: Db,
  kind: 'case' | 'campaign',
  ids: string[],
): Promise<Record<string, CompiledProcedure>> {
  const rows = await select<{ ids: string[]; procedure: CompiledProcedure }>(
    db,
    `SELECT array_agg(id) AS ids, procedure FROM (
       SELECT DISTINCT ON (stream_id) stream_id AS id, data->'data'->'procedure' AS procedure FROM ledger
       WHERE stream_kind = $1 AND stream_id = ANY ($2) AND type IN ('opened', 'procedureApplied')
       ORDER BY stream_id, seq DESC
     ) AS pinned GROUP BY procedure`,
    [kind, ids],
  );
  return Object.fromEntries(rows.flatMap(({ ids: of, procedure }) => of.map((id) => [id, procedure])));
}

/** What starts the workflow of a stream from its whole ledger; null when there is no such stream. */
export async function streamInput(
  db: Db,
  { scope, id }: Pick<StreamInput, 'scope' | 'id'>,
): Promise<StreamInput | null> {
  const found = await selectOne<Pick<StreamInput, 'events' | 'nextMoment'>>(
    db,
    `SELECT events_after(s, 0) AS events, next_moment_of(s) AS "nextMoment" FROM stream AS s WHERE kind = $1 AND id = $2`,
    [scope, id],
  );
  return found && { scope, id, ...found };
}

export interface LedgerLine<T = LedgerEvent> {
  kind: StreamKind;
  id: string;
  seq: number;
  recordedAt: string;
  effectiveOn: string | null;
  /** sha256 of the event's canonical JSON, hex */
  hash: string;
  event: T;
}

/** The lines of a stream as an auditor takes them away. */
export function linesOf(db: Db, { kind, id }: StreamRef): Promise<LedgerLine[]> {
  return select(
    db,
    `SELECT stream_kind AS kind, stream_id AS id, seq, recorded_at AS "recordedAt", effective_on AS "effectiveOn",
       encode(hash, 'hex') AS hash, data AS event
     FROM ledger JOIN ledger_leaf USING (stream_kind, stream_id, seq)
     WHERE stream_kind = $1 AND stream_id = $2 ORDER BY seq`,
    [kind, id],
  );
}

export interface FeedCursor {
  transaction: string;
  position: number;
}

export interface FeedEntry extends StreamRef {
  seq: number;
  recordedAt: string;
  event: LedgerEvent;
  cursor: FeedCursor;
}

/**
 * Everything written after `after`, in an order that never changes. Stays below the oldest transaction still running:
 * a slower one may yet write something earlier, and a reader that had gone past it would skip it for good.
 */
export async function feed(
  db: Db,
  { after, limit }: { after: FeedCursor | null; limit: number },
): Promise<FeedEntry[]> {
  const rows = await select<Omit<FeedEntry, 'cursor'> & FeedCursor>(
    db,
    `SELECT stream_kind AS kind, stream_id AS id, seq, recorded_at AS "recordedAt", data AS event,
       transaction::text AS transaction, position
     FROM ledger
     WHERE transaction < pg_snapshot_xmin(pg_current_snapshot()) AND (transaction, position) > ($1::xid8, $2::bigint)
     ORDER BY ledger.transaction, position LIMIT $3`,
    [after?.transaction ?? '0', after?.position ?? 0, limit],
  );
  return rows.map(({ transaction, position, ...entry }) => ({ ...entry, cursor: { transaction, position } }));
}

export interface ReferenceEvent {
  type: string;
  at: string;
  commandId: string;
  by: { actor: string; capacity: string } | 'engine';
  /** the paper it rests on, and that paper's day */
  paper?: Paper;
  dates?: ActDates;
  data: object;
}

/** One more event at the end of a stream of reference data (organisation, person, grant, calendar, procedure). */
export async function appendReference(
  db: Db,
  { kind, id, unit = null }: StreamRef & { unit?: string | null },
  event: ReferenceEvent,
): Promise<void> {
  // Whoever was faster is waited for, and his event is the one before ours.
  for (;;) {
    const head = await selectOne<{ seq: number }>(
      db,
      `SELECT head_seq AS seq FROM stream WHERE kind = $1 AND id = $2`,
      [kind, id],
    );
    const after = head?.seq ?? 0;
    const events: LedgerEvent[] = [{ seq: after + 1, v: 1, ...event }];
    const done = await selectOne<{ appended: boolean }>(
      db,
      `SELECT append_reference($1, $2, $3, $4, $5, $6) AS appended`,
      [kind, id, after, unit, json(events), hashesOf(events)],
    );
    if (done?.appended) return;
  }
}
