import { fold, rowOf, type CaseEvent, type CaseRow } from '@giamsat/procedure';
import canonicalize from 'canonicalize';
import type { DataSource } from 'typeorm';
import { inTransaction } from '../data-source.js';
import { firstDue } from '../ledger/events-as-parameters.js';
import { change, json, select, type Db } from '../sql.js';

export interface RowDifference {
  scope: 'case' | 'campaign';
  id: string;
  /** `missing`: a stream without its row · `extra`: a row without its stream · `different`: these fields are not the fold's */
  kind: 'missing' | 'extra' | 'different';
  fields: string[];
}

interface Kept {
  scope: 'case' | 'campaign';
  id: string;
  events: CaseEvent[];
  row: CaseRow | null;
  columns: Record<string, unknown> | null;
}

const BATCH = 100;

/** Compares every board row with the fold of its stream. Writes nothing. */
export async function checkRows(dataSource: DataSource): Promise<RowDifference[]> {
  const found: RowDifference[] = [];
  for await (const kept of streams(dataSource)) {
    const { scope, id } = kept;
    const fields = differing(kept);
    if (!kept.row) found.push({ scope, id, kind: 'missing', fields: [] });
    else if (fields.length > 0) found.push({ scope, id, kind: 'different', fields });
  }
  const extra = await select<Pick<Kept, 'scope' | 'id'>>(
    dataSource,
    `SELECT scope, id FROM case_row AS r WHERE ${NO_STREAM}`,
  );
  return [...found, ...extra.map((row) => ({ ...row, kind: 'extra' as const, fields: [] }))];
}

/** Writes every board row anew from the ledger; the system may go on meanwhile. Returns how many rows were written. */
export async function rebuildRows(dataSource: DataSource): Promise<number> {
  let written = 0;
  for await (const { scope, id } of streams(dataSource)) {
    await inTransaction(dataSource, async (manager) => {
      // Under the stream's lock: an event committed meanwhile must not be followed by the row before it.
      await manager.query(`SELECT FROM stream WHERE kind = $1 AND id = $2 FOR NO KEY UPDATE`, [scope, id]);
      const [kept] = await kepts(manager, 's.kind = $1 AND s.id = $2', [scope, id]);
      const row = rowOf(fold(kept!.events));
      await manager.query(`SELECT write_row(s, $3, $4) FROM stream AS s WHERE kind = $1 AND id = $2`, [
        scope,
        id,
        json(row),
        firstDue(row),
      ]);
    });
    written++;
  }
  await change(dataSource, `DELETE FROM case_row AS r WHERE ${NO_STREAM} RETURNING id`);
  return written;
}

// Only these two kinds have ids that are uuids.
const ROW_ID = `CASE WHEN s.kind IN ('case', 'campaign') THEN s.id::uuid END`;
const NO_STREAM = `NOT EXISTS (SELECT FROM stream AS s WHERE s.kind = r.scope AND s.id = r.id::text)`;

async function* streams(db: Db): AsyncGenerator<Kept> {
  for (let after = ['', '']; ;) {
    const batch = await kepts(
      db,
      `s.kind IN ('case', 'campaign') AND (s.kind, s.id) > ($1, $2) ORDER BY s.kind, s.id LIMIT ${BATCH}`,
      after,
    );
    yield* batch;
    const last = batch.at(-1);
    if (!last) return;
    after = [last.scope, last.id];
  }
}

function kepts(db: Db, where: string, parameters: string[]): Promise<Kept[]> {
  return select(
    db,
    `SELECT s.kind AS scope, s.id, events_after(s, 0) AS events, r.body AS row,
       to_jsonb(r) - ARRAY['scope', 'id', 'body', 'campaign_id', 'unit_id', 'wave'] AS columns
     FROM stream AS s LEFT JOIN case_row AS r ON r.scope = s.kind AND r.id = ${ROW_ID} WHERE ${where}`,
    parameters,
  );
}

/** Fields of the body, and the columns pulled out of it, that are not what the ledger says. */
function differing({ events, row, columns }: Kept): string[] {
  if (!row || !columns) return [];
  const told = rowOf(fold(events));
  const names = new Set([...Object.keys(told), ...Object.keys(row)]) as Set<keyof CaseRow>;
  const inBody = [...names].filter((name) => canonicalize(told[name]) !== canonicalize(row[name]));
  const { seq, status, stage, team } = told;
  const pulledOut: Record<string, unknown> = { seq, status, stage, team, first_due: firstDue(told) };
  const inColumns = Object.keys(pulledOut).filter((name) => (columns[name] ?? null) !== (pulledOut[name] ?? null));
  const moment = columns.next_moment === null ? null : new Date(columns.next_moment as string).toISOString();
  return [...inBody, ...inColumns, ...(moment === told.nextMoment ? [] : ['next_moment'])];
}
