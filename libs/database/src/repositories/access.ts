import { pageOf, select, type Db, type Page } from '../sql.js';

/** Ids and codes: who, in what office and by which grant, did what, about what, and how it ended. Never a word of it. */
export interface Access {
  person: string;
  /** office; empty when none of his reaches what he asked for */
  capacity: string;
  grant?: string | null;
  /** method and path of the route */
  act: string;
  /** read: it was shown · denied: for him it does not exist · refused: a command that was not carried out */
  outcome: 'read' | 'denied' | 'refused';
  /** why it was refused */
  code?: string | null;
  campaignId?: string | null;
  caseId?: string | null;
}

/** Never changed, never removed. */
export async function record(db: Db, access: Access): Promise<void> {
  const { person, capacity, grant = null, act, outcome, code = null, campaignId = null, caseId = null } = access;
  await db.query(
    `INSERT INTO access_log (person_id, capacity, grant_id, act, outcome, code, campaign_id, case_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [person, capacity, grant, act, outcome, code, campaignId, caseId],
  );
}

export type AccessLine = Required<Access> & { id: string; at: string };

/** Who was at a case, the latest first. */
export async function ofCase(
  db: Db,
  { caseId, before, limit }: { caseId: string; before?: string; limit: number },
): Promise<Page<AccessLine>> {
  const rows = await select<AccessLine>(
    db,
    `SELECT id, at, person_id AS person, capacity, grant_id AS "grant", act, outcome, code,
       campaign_id AS "campaignId", case_id AS "caseId"
     FROM access_log WHERE case_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3 + 1`,
    [caseId, before ?? null, limit],
  );
  return pageOf(rows, limit, (line) => line.id);
}
