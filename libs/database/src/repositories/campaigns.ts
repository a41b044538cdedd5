import { fold, rowOf, type CaseEvent, type Refusal } from '@giamsat/procedure';
import { inTransaction, type Transactional } from '../data-source.js';
import { firstDue, hashesOf, leafHash } from '../ledger/events-as-parameters.js';
import type { FrozenPlan } from '../ledger/launch.js';
import { change, IS_OPEN, json, pageOf, select, selectOne, type Db, type Page } from '../sql.js';

export interface CampaignRecord<D = object> {
  id: string;
  ownerUnit: string;
  state: 'draft' | 'issued' | 'discarded';
  version: number;
  revision: number;
  draft: D;
  createdBy: string;
}

const COLUMNS = `c.id, c.owner_unit AS "ownerUnit", c.state, c.version, c.revision, c.draft, c.created_by AS "createdBy"`;

export async function create(
  db: Db,
  { ownerUnit, draft, createdBy }: { ownerUnit: string; draft: object; createdBy: string },
): Promise<{ id: string; version: number }> {
  const [created] = await select<{ id: string; version: number }>(
    db,
    `INSERT INTO campaign (owner_unit, draft, created_by) VALUES ($1, $2, $3) RETURNING id, version`,
    [ownerUnit, json(draft), createdBy],
  );
  return created!;
}

export function find<D = object>(db: Db, id: string): Promise<CampaignRecord<D> | null> {
  return selectOne(db, `SELECT ${COLUMNS} FROM campaign AS c WHERE id = $1`, [id]);
}

/** What a case shows of its campaign, also to whoever reaches the case and not the plan; null = neither. */
export function label(db: Db, id: string): Promise<{ title: string | null; procedure: string | null } | null> {
  return selectOne(db, `SELECT title, procedure FROM campaign_label($1)`, [id]);
}

/** The new version, or null when somebody has saved since `version`, or it is no draft any more. */
export async function saveDraft(
  db: Db,
  { id, version, draft }: { id: string; version: number; draft: object },
): Promise<number | null> {
  const [saved] = await change<{ version: number }>(
    db,
    `UPDATE campaign SET draft = $3, version = version + 1, updated_at = now()
     WHERE id = $1 AND version = $2 AND state = 'draft' RETURNING version`,
    [id, version, json(draft)],
  );
  return saved?.version ?? null;
}

/** False when it is no draft any more. */
export async function discard(db: Db, id: string): Promise<boolean> {
  const discarded = await change(
    db,
    `UPDATE campaign SET state = 'discarded', version = version + 1, updated_at = now()
     WHERE id = $1 AND state = 'draft' RETURNING id`,
    [id],
  );
  return discarded.length === 1;
}

export interface Issuing {
  campaignId: string;
  /** of the draft that is frozen */
  version: number;
  body: FrozenPlan;
  by: string;
  commandId: string;
  /** from `openStream` with scope `campaign` */
  events: CaseEvent[];
}

/**
 * Freezes the draft as a plan revision and opens the campaign's stream, in one transaction. Null when the draft has moved
 * on or was issued before; then nothing is written.
 */
export function issuePlan(within: Transactional, issuing: Issuing): Promise<{ revision: number; seq: number } | null> {
  const { campaignId, version, body, by, commandId, events } = issuing;
  return inTransaction(within, async (manager) => {
    const [frozen] = await change<{ revision: number }>(
      manager,
      `UPDATE campaign SET state = 'issued', revision = revision + 1, updated_at = now()
       WHERE id = $1 AND version = $2 AND state = 'draft' RETURNING revision`,
      [campaignId, version],
    );
    if (!frozen) return null;
    await manager.query(
      `INSERT INTO plan_revision (campaign_id, revision, body, hash, frozen_by) VALUES ($1, $2, $3, $4, $5)`,
      [campaignId, frozen.revision, json(body), leafHash(body).toString('hex'), by],
    );
    const row = rowOf(fold(events));
    await manager.query(`SELECT issue_campaign($1, $2, $3, $4, $5, $6, $7)`, [
      campaignId,
      commandId,
      by,
      json(events),
      hashesOf(events),
      json(row),
      firstDue(row),
    ]);
    return { revision: frozen.revision, seq: row.seq };
  });
}

/** The plan in force. */
export function frozenPlan<P extends FrozenPlan = FrozenPlan>(
  db: Db,
  campaignId: string,
): Promise<{ revision: number; body: P; hash: string; frozenAt: string } | null> {
  return selectOne(
    db,
    `SELECT revision, body, hash, frozen_at AS "frozenAt" FROM plan_revision
     WHERE campaign_id = $1 ORDER BY revision DESC LIMIT 1`,
    [campaignId],
  );
}

export interface Wave {
  wave: number;
  state: 'launching' | 'standing' | 'withdrawn';
  total: number;
  standing: number;
}

export function waves(db: Db, campaignId: string): Promise<Wave[]> {
  return select(db, `SELECT wave, state, total, standing FROM campaign_wave WHERE campaign_id = $1 ORDER BY wave`, [
    campaignId,
  ]);
}

export interface CaseRecord {
  caseId: string;
  campaignId: string;
  unitId: string;
  wave: number;
  kind: 'body' | 'member';
  ordinal: number;
}

export function findCase(db: Db, caseId: string): Promise<CaseRecord | null> {
  return selectOne(
    db,
    `SELECT case_id AS "caseId", campaign_id AS "campaignId", unit_id AS "unitId", wave, subject_kind AS kind, ordinal
     FROM supervision_case WHERE case_id = $1`,
    [caseId],
  );
}

/** Why a wave can no longer be withdrawn by one act, as the commit would find; null = it still can. */
export async function waveRefusal(
  db: Db,
  { campaignId, wave }: { campaignId: string; wave: number },
): Promise<Refusal | null> {
  const found = await selectOne<{ refusal: Refusal | null }>(db, `SELECT wave_refusal($1, $2) AS refusal`, [
    campaignId,
    wave,
  ]);
  return found?.refusal ?? null;
}

/** Ids of the cases that still run, for an act of the campaign that all of them must hear of. */
export async function openCases(
  db: Db,
  { campaignId, after, limit, wave }: { campaignId: string; after?: string; limit: number; wave?: number },
): Promise<Page<string>> {
  const rows = await select<{ id: string }>(
    db,
    `SELECT id FROM case_row WHERE campaign_id = $1 AND scope = 'case' AND ${IS_OPEN}
       AND ($2::uuid IS NULL OR id > $2) AND ($4::integer IS NULL OR wave = $4)
     ORDER BY id LIMIT $3 + 1`,
    [campaignId, after ?? null, limit, wave ?? null],
  );
  return pageOf(
    rows.map((row) => row.id),
    limit,
    (id) => id,
  );
}
