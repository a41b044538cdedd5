import type { Behaviour, RehearsalReport } from '@giamsat/procedure';
import { json, pageOf, select, selectOne, type Db, type Page } from '../sql.js';

export interface RehearsalRecord {
  id: string;
  /** of the draft it was played from */
  version: number;
  hash: string;
  behaviour: Behaviour;
  /** day of the launch it supposes */
  from: string;
  report: RehearsalReport;
  person: string;
  at: string;
}

const COLUMNS = `id, version, hash, behaviour, starts_on AS "from", report, person_id AS person, at`;

export async function add(
  db: Db,
  campaignId: string,
  { version, hash, behaviour, from, report, person }: Omit<RehearsalRecord, 'id' | 'at'>,
): Promise<RehearsalRecord> {
  const [added] = await select<RehearsalRecord>(
    db,
    `INSERT INTO rehearsal (campaign_id, version, hash, behaviour, starts_on, report, person_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${COLUMNS}`,
    [campaignId, version, hash, json(behaviour), from, json(report), person],
  );
  return added!;
}

export function find(db: Db, campaignId: string, id: string): Promise<RehearsalRecord | null> {
  return selectOne(db, `SELECT ${COLUMNS} FROM rehearsal WHERE campaign_id = $1 AND id = $2`, [campaignId, id]);
}

/** Newest first. */
export async function list(
  db: Db,
  campaignId: string,
  { before, limit }: { before?: string; limit: number },
): Promise<Page<RehearsalRecord>> {
  const rows = await select<RehearsalRecord>(
    db,
    `SELECT ${COLUMNS} FROM rehearsal WHERE campaign_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3 + 1`,
    [campaignId, before ?? null, limit],
  );
  return pageOf(rows, limit, ({ id }) => id);
}
