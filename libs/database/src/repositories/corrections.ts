import type { CommandBody, Movement, Paper } from '@giamsat/procedure';
import { change, json, select, selectOne, type Db } from '../sql.js';

export interface Proposal {
  id: string;
  scope: 'case' | 'campaign';
  campaignId: string;
  caseId: string | null;
  unitId: string | null;
  /** its reason is the hash of a text */
  body: Extract<CommandBody, { type: 'correctEntry' }>;
  paper: Paper | null;
  /** what it moved when it was proposed: whoever confirms it confirms this */
  movement: Movement;
  by: string;
  capacity: string;
  grant: string;
  actingFor: string | null;
  at: string;
}

const PROPOSAL = `id, scope, campaign_id AS "campaignId", case_id AS "caseId", unit_id AS "unitId", body, paper, movement,
  proposed_by AS by, capacity, grant_id AS "grant", acting_for AS "actingFor", proposed_at AS at`;
/** The stream it is about; parameters from $1: scope, id. */
const ON_STREAM = `scope = $1 AND coalesce(case_id, campaign_id) = $2`;

export async function propose(db: Db, proposal: Proposal): Promise<void> {
  const { id, scope, campaignId, caseId, unitId, body, paper, movement, by, capacity, grant, actingFor, at } = proposal;
  await db.query(
    `INSERT INTO correction_proposal (id, scope, campaign_id, case_id, unit_id, body, paper, movement, proposed_by,
       capacity, grant_id, acting_for, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING`,
    [
      id,
      scope,
      campaignId,
      caseId,
      unitId,
      json(body),
      paper && json(paper),
      json(movement),
      by,
      capacity,
      grant,
      actingFor,
      at,
    ],
  );
}

/** Open ones of a case or campaign, the first proposed first. */
export function openOn(db: Db, { scope, id }: { scope: Proposal['scope']; id: string }): Promise<Proposal[]> {
  return select(
    db,
    `SELECT ${PROPOSAL} FROM correction_proposal
     WHERE ${ON_STREAM} AND state = 'open' ORDER BY id`,
    [scope, id],
  );
}

/** Open ones of which anything is reached by whoever looks, and that somebody else has proposed. */
export function openFor(db: Db, person: string, limit: number): Promise<Proposal[]> {
  return select(
    db,
    `SELECT ${PROPOSAL} FROM correction_proposal
     WHERE state = 'open' AND proposed_by <> $1 ORDER BY id LIMIT $2`,
    [person, limit],
  );
}

/** Settled ones too: whoever sends a confirmation again finds what it was. */
export function find(
  db: Db,
  { scope, id, proposal }: { scope: Proposal['scope']; id: string; proposal: string },
): Promise<(Proposal & { state: 'open' | 'confirmed' | 'declined' }) | null> {
  return selectOne(db, `SELECT ${PROPOSAL}, state FROM correction_proposal WHERE ${ON_STREAM} AND id = $3`, [
    scope,
    id,
    proposal,
  ]);
}

/** The commit that writes a correction confirms its proposal. False when it was settled before. */
export async function decline(db: Db, { proposal, by }: { proposal: string; by: string }): Promise<boolean> {
  const declined = await change(
    db,
    `UPDATE correction_proposal SET state = 'declined', settled_by = $2, settled_at = clock_timestamp()
     WHERE id = $1 AND state = 'open' RETURNING id`,
    [proposal, by],
  );
  return declined.length > 0;
}
