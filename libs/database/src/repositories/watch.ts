import type { AlarmKind } from '@giamsat/contracts/http';
import type { DataSource } from 'typeorm';
import { change, IS_OPEN, pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import type { StreamRef } from './ledger.js';

/** Runs `work` if nobody else on this database is at it; false = somebody is. The lock ends with the connection. */
export async function alone(dataSource: DataSource, name: string, work: () => Promise<void>): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  const lock = [`giamsat ${name}`];
  try {
    const [got]: { locked: boolean }[] = await runner.query(
      `SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked`,
      lock,
    );
    if (!got?.locked) return false;
    try {
      await work();
    } finally {
      // A connection that was lost took the lock with it.
      if (!runner.isReleased) await runner.query(`SELECT pg_advisory_unlock(hashtextextended($1, 0))`, lock);
    }
    return true;
  } finally {
    await runner.release();
  }
}

export async function watermark(db: Db, name: string): Promise<string | null> {
  return (await selectOne<{ at: string }>(db, `SELECT at FROM watermark WHERE name = $1`, [name]))?.at ?? null;
}

/** Never moves back. */
export async function setWatermark(db: Db, name: string, at: string): Promise<void> {
  await db.query(
    `INSERT INTO watermark (name, at) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET at = greatest(watermark.at, excluded.at)`,
    [name, at],
  );
}

export interface MissedMoment {
  scope: 'case' | 'campaign';
  id: string;
  seq: number;
  nextMoment: string;
}

/** Board rows whose next moment lies before `before` and has not acted: the workflow should have moved them on. */
export function missedMoments(db: Db, { before, limit }: { before: string; limit: number }): Promise<MissedMoment[]> {
  return select(
    db,
    `SELECT scope, id, seq, next_moment AS "nextMoment" FROM case_row WHERE next_moment < $1 ORDER BY next_moment LIMIT $2`,
    [before, limit],
  );
}

export interface Decided {
  scope: 'case' | 'campaign';
  id: string;
  /** of the last entry */
  seq: number;
  isRunning: boolean;
  /** of the last decision */
  at: string;
}

/** By the clock that dates decisions, which need not be that of whoever asks. */
export async function longAgo(db: Db, ms: number): Promise<string> {
  const sql = `SELECT clock_timestamp() - $1 * interval '1 millisecond' AS at`;
  return (await selectOne<{ at: string }>(db, sql, [ms]))!.at;
}

/** Cases and campaigns of which something was decided last after `after` and not after `before`, the oldest first. */
export function decided(
  db: Db,
  { after, before, limit }: { after: string; before: string; limit: number },
): Promise<Decided[]> {
  return select(
    db,
    `SELECT r.scope, r.id, r.seq, r.${IS_OPEN} AS "isRunning", max(c.decided_at) AS at
     FROM command AS c JOIN case_row AS r
       ON r.scope = c.stream_kind AND r.id = CASE WHEN c.stream_kind IN ('case', 'campaign') THEN c.stream_id::uuid END
     WHERE c.outcome = 'accepted' AND c.decided_at > $1 AND c.decided_at <= $2
     GROUP BY r.scope, r.id ORDER BY at LIMIT $3`,
    [after, before, limit],
  );
}

/** Cases and campaigns that still run, by id: each must have a workflow. Those of a wave being launched are the launcher's. */
export function running(
  db: Db,
  { after, limit }: { after?: string; limit: number },
): Promise<{ scope: 'case' | 'campaign'; id: string }[]> {
  return select(
    db,
    `SELECT r.scope, r.id FROM case_row AS r
     LEFT JOIN campaign_wave AS w ON w.campaign_id = r.campaign_id AND w.wave = r.wave
     WHERE r.${IS_OPEN} AND w.state IS DISTINCT FROM 'launching'
       AND ($1::uuid IS NULL OR r.id > $1) ORDER BY r.id LIMIT $2`,
    [after ?? null, limit],
  );
}

/** What must never be: a head that is not the last event, a stream without its board row, a row that is not at the head. */
export interface Discrepancy extends StreamRef {
  fault: 'head' | 'row-missing' | 'row-behind';
}

export function discrepancies(db: Db, limit = 100): Promise<Discrepancy[]> {
  return select(
    db,
    `SELECT s.kind, s.id, CASE WHEN s.head_seq <> l.last THEN 'head' WHEN r.id IS NULL THEN 'row-missing' ELSE 'row-behind' END AS fault
     FROM stream AS s
     CROSS JOIN LATERAL (SELECT coalesce(max(seq), 0) AS last FROM ledger WHERE stream_kind = s.kind AND stream_id = s.id) AS l
     LEFT JOIN case_row AS r ON r.scope = s.kind
       AND r.id = CASE WHEN s.kind IN ('case', 'campaign') THEN s.id::uuid END
     WHERE s.head_seq <> l.last OR (s.kind IN ('case', 'campaign') AND r.seq IS DISTINCT FROM s.head_seq)
     ORDER BY s.kind, s.id LIMIT $1`,
    [limit],
  );
}

/** Stands until cleared; raising it again changes nothing. True when it is new. */
export async function raise(db: Db, kind: AlarmKind, stream: StreamRef): Promise<boolean> {
  const raised = await select(
    db,
    `INSERT INTO alarm (kind, stream_kind, stream_id) VALUES ($1, $2, $3)
     ON CONFLICT (kind, stream_kind, stream_id) WHERE cleared_at IS NULL DO NOTHING RETURNING id`,
    [kind, stream.kind, stream.id],
  );
  return raised.length === 1;
}

export async function clear(db: Db, kind: AlarmKind, stream: StreamRef): Promise<void> {
  await change(
    db,
    `UPDATE alarm SET cleared_at = now()
     WHERE kind = $1 AND stream_kind = $2 AND stream_id = $3 AND cleared_at IS NULL RETURNING id`,
    [kind, stream.kind, stream.id],
  );
}

export interface StandingAlarm extends StreamRef {
  alarm: AlarmKind;
  at: string;
}

export function alarms(db: Db): Promise<StandingAlarm[]> {
  return select(
    db,
    `SELECT kind AS alarm, stream_kind AS kind, stream_id AS id, at FROM alarm WHERE cleared_at IS NULL ORDER BY at, id`,
  );
}

export interface AlarmLine {
  id: string;
  alarm: AlarmKind;
  at: string;
  scope: 'case' | 'campaign';
  /** of the case or campaign */
  of: string;
  /** null for whoever may not know */
  campaign: string | null;
}

const LINE = `a.id, a.kind AS alarm, a.at, a.stream_kind AS scope, a.stream_id AS of,
  CASE a.stream_kind WHEN 'campaign' THEN a.stream_id::uuid
    ELSE (SELECT c.campaign_id FROM supervision_case AS c WHERE c.case_id = a.stream_id::uuid) END AS campaign`;
const STANDING = `a.cleared_at IS NULL AND a.stream_kind IN ('case', 'campaign')`;

/** Standing alarms of cases and campaigns, as far as the viewer may know of them, the oldest first. */
export async function alarmPage(
  db: Db,
  { campaign, after, limit }: { campaign?: string; after?: string; limit: number },
): Promise<Page<AlarmLine>> {
  const rows = await select<AlarmLine>(
    db,
    `SELECT * FROM (SELECT ${LINE} FROM alarm AS a WHERE ${STANDING} AND ($2::uuid IS NULL OR a.id > $2)) AS l
     WHERE $1::uuid IS NULL OR campaign = $1 ORDER BY id LIMIT $3 + 1`,
    [campaign ?? null, after ?? null, limit],
  );
  return pageOf(rows, limit, ({ id }) => id);
}

export function findAlarm(db: Db, id: string): Promise<AlarmLine | null> {
  return selectOne(db, `SELECT ${LINE} FROM alarm AS a WHERE a.id = $1 AND ${STANDING}`, [id]);
}

/** Somebody has looked at it. What is still wrong is raised anew. */
export async function clearBy(db: Db, { id, by }: { id: string; by: string }): Promise<void> {
  await change(
    db,
    `UPDATE alarm SET cleared_at = now(), cleared_by = $2 WHERE id = $1 AND cleared_at IS NULL RETURNING id`,
    [id, by],
  );
}
