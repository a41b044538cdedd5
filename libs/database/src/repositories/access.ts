import type { Db } from '../sql.js';

/** Who read what by a mandate to read; never changed, never removed. */
export async function record(
  db: Db,
  read: { person: string; capacity: string; act: string; campaignId?: string | null; caseId?: string | null },
): Promise<void> {
  await db.query(
    `INSERT INTO access_log (person_id, capacity, act, campaign_id, case_id) VALUES ($1, $2, $3, $4, $5)`,
    [read.person, read.capacity, read.act, read.campaignId ?? null, read.caseId ?? null],
  );
}
