import type { OutboxState } from '../entities/operations.js';
import { hashesOf } from '../ledger/events-as-parameters.js';
import { change, json, pageOf, select, selectOne, type Db, type Page } from '../sql.js';

export interface Notice {
  id: string;
  campaignId: string;
  /** null for a deadline of the campaign itself */
  caseId: string | null;
  unitId: string | null;
  wave: number | null;
  office: string;
  /** the unit in which it is held, where several share the duty and each is told */
  forUnit: string | null;
  rung: string;
  step: string;
  kind: 'notice' | 'correction';
  /** of the deadline it is about: a day, or a moment in procedures counted in seconds */
  due: string;
  binding: boolean;
  /** when the rung was planned, or the correction became owed */
  dueAt: string;
  attempts: number;
  state: OutboxState;
  endedAt: string | null;
  errorCode: string | null;
}

const NOTICE = `o.id, o.campaign_id AS "campaignId", o.case_id AS "caseId", o.unit_id AS "unitId", o.wave, o.office, o.for_unit AS "forUnit", o.rung,
  o.step, o.kind, o.due, o.binding, o.due_at AS "dueAt", o.attempts, o.state, o.ended_at AS "endedAt", o.error_code AS "errorCode"`;

/** Nobody is told anything before the whole wave stands, and nothing of a wave that was withdrawn. */
const waveStands = (lock = ''): string => `(o.wave IS NULL OR EXISTS (SELECT FROM campaign_wave AS w
  WHERE w.campaign_id = o.campaign_id AND w.wave = o.wave AND w.state = 'standing' ${lock}))`;
const IS_DUE = `o.state = 'waiting' AND o.next_try <= $1 AND (o.claimed_until IS NULL OR o.claimed_until <= $1)`;

/** beside: the other units that are each told of the same; null where no share can have passed on. */
export type DueNotice = Notice & { beside: string[] | null };

/** Every notice whose time has come and that nobody has in hand, in the order they became due. Takes none. */
export function due(db: Db, { now, kind }: { now: string; kind?: Notice['kind'] }): Promise<DueNotice[]> {
  return select(
    db,
    `SELECT ${NOTICE}, CASE WHEN o.for_unit IS NOT NULL AND o.kind = 'notice' THEN ARRAY(SELECT b.for_unit::text FROM outbox AS b
       WHERE b.case_id = o.case_id AND b.rung = o.rung AND b.office = o.office AND b.kind = o.kind AND b.id <> o.id) END AS beside
     FROM outbox AS o WHERE ${IS_DUE} AND ${waveStands()} AND ($2::text IS NULL OR o.kind = $2)
     ORDER BY o.next_try, o.id`,
    [now, kind ?? null],
  );
}

/**
 * Takes these notices for this sender alone until `until`, but for those that are no longer due; an attempt is counted.
 * Locks their waves, so that a wave is either withdrawn or told, never both.
 */
export async function claim(
  db: Db,
  { now, until, ids }: { now: string; until: string; ids: string[] },
): Promise<Notice[]> {
  const claimed = await change<Notice>(
    db,
    `WITH due AS MATERIALIZED (
       SELECT o.id FROM outbox AS o WHERE o.id = ANY ($3) AND ${IS_DUE} AND ${waveStands('FOR SHARE')}
       ORDER BY o.id FOR UPDATE OF o SKIP LOCKED
     )
     UPDATE outbox AS o SET claimed_until = $2, attempts = attempts + 1 FROM due WHERE o.id = due.id RETURNING ${NOTICE}`,
    [now, until, ids],
  );
  return claimed.sort((a, b) => (a.dueAt + a.id < b.dueAt + b.id ? -1 : 1));
}

/** When the next notice may be sent; null when none waits. One that is in hand comes back when its claim runs out. */
export async function nextTry(db: Db, kind?: Notice['kind']): Promise<string | null> {
  const found = await selectOne<{ next: string | null }>(
    db,
    `SELECT min(greatest(o.next_try, o.claimed_until)) AS next FROM outbox AS o
     WHERE o.state = 'waiting' AND ${waveStands()} AND ($1::text IS NULL OR o.kind = $1)`,
    [kind ?? null],
  );
  return found?.next ?? null;
}

export interface NoticeResult {
  id: string;
  state: 'sent' | 'failed' | 'nobody';
  at: string;
  person?: string;
  messageId?: string;
  errorCode?: string;
}

/** The end of a notice: in its row, and as the one event of its delivery stream. A second end changes nothing. */
export async function settle(db: Db, result: NoticeResult): Promise<boolean> {
  const { id, state, at, person = null, messageId = null, errorCode = null } = result;
  const [ended] = await change<{ campaign: string; case: string | null; unit: string | null; wave: number | null }>(
    db,
    `UPDATE outbox SET state = $2, ended_at = $3, person_id = $4, message_id = $5, error_code = $6, claimed_until = NULL
     WHERE id = $1 AND state = 'waiting' RETURNING campaign_id AS campaign, case_id AS "case", unit_id AS unit, wave`,
    [id, state, at, person, messageId, errorCode],
  );
  if (!ended) return false;
  const data = { notice: id, end: state, person, messageId, errorCode };
  const events = [{ seq: 1, type: 'noticeEnded', v: 1, at, commandId: `delivery/${id}`, by: 'engine', data }];
  await db.query(
    `WITH opened AS (
       INSERT INTO stream (kind, id, campaign_id, case_id, unit_id, wave) VALUES ('delivery', $1, $2, $3, $4, $5) RETURNING *
     ) SELECT append_events(ROW('delivery', $1, 0, $2::uuid, $3::uuid, $4::uuid, $5::integer)::stream, $6, $7)
     FROM opened`,
    [id, ended.campaign, ended.case, ended.unit, ended.wave, json(events), hashesOf(events)],
  );
  return true;
}

/** Not now: another try at `nextTry`. */
export async function putOff(
  db: Db,
  { id, nextTry: at, errorCode }: { id: string; nextTry: string; errorCode: string },
): Promise<void> {
  await db.query(
    `UPDATE outbox SET next_try = $2, error_code = $3, claimed_until = NULL WHERE id = $1 AND state = 'waiting'`,
    [id, at, errorCode],
  );
}

export interface UnreportedEnd {
  id: string;
  campaignId: string;
  caseId: string | null;
  rung: string;
  office: string;
  end: 'sent' | 'failed' | 'nobody';
  at: string;
}

/** Ends that the case has not heard of yet; corrections have no rung to come back to. */
export function unreported(db: Db, limit: number): Promise<UnreportedEnd[]> {
  return select(
    db,
    `SELECT id, campaign_id AS "campaignId", case_id AS "caseId", rung, office, state AS "end", ended_at AS at
     FROM outbox WHERE state IN ('sent', 'failed', 'nobody') AND reported_at IS NULL AND kind = 'notice'
     ORDER BY campaign_id, case_id, ended_at LIMIT $1`,
    [limit],
  );
}

export async function markReported(db: Db, ids: string[]): Promise<void> {
  await db.query(`UPDATE outbox SET reported_at = now() WHERE id = ANY ($1) AND reported_at IS NULL`, [ids]);
}

/** Notices of a case, in the order they are due. */
export async function ofCase(
  db: Db,
  { caseId, after, limit }: { caseId: string; after?: string; limit: number },
): Promise<Page<Notice>> {
  const rows = await select<Notice>(
    db,
    `SELECT ${NOTICE} FROM outbox AS o WHERE case_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3 + 1`,
    [caseId, after ?? null, limit],
  );
  return pageOf(rows, limit, (notice) => notice.id);
}
