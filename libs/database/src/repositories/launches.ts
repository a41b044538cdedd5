import type { StreamInput } from '@giamsat/contracts/workflow';
import { change, select, type Db } from '../sql.js';

/** Cases of a wave whose workflow is not known to stand, with what starts it. The same ones come again until marked. */
export async function toStart(
  db: Db,
  { campaignId, wave, limit }: { campaignId: string; wave: number; limit: number },
): Promise<StreamInput[]> {
  const rows = await select<Pick<StreamInput, 'id' | 'events' | 'nextMoment'>>(
    db,
    `SELECT s.id, events_after(s, 0) AS events, next_moment_of(s) AS "nextMoment"
     FROM supervision_case AS c JOIN stream AS s ON s.kind = 'case' AND s.id = c.case_id::text
     WHERE c.campaign_id = $1 AND c.wave = $2 AND c.started_at IS NULL ORDER BY c.case_id LIMIT $3`,
    [campaignId, wave, limit],
  );
  return rows.map((row) => ({ scope: 'case', schema: 1, ...row }));
}

/** Marks cases as standing; marking twice counts once. */
export async function markStanding(
  db: Db,
  { campaignId, wave, caseIds }: { campaignId: string; wave: number; caseIds: string[] },
): Promise<{ standing: number; total: number }> {
  await change(
    db,
    `UPDATE supervision_case SET started_at = now() WHERE case_id = ANY ($1) AND started_at IS NULL RETURNING case_id`,
    [caseIds],
  );
  const [progress] = await change<{ standing: number; total: number }>(
    db,
    `UPDATE campaign_wave SET standing = (
       SELECT count(*) FROM supervision_case AS c WHERE c.campaign_id = $1 AND c.wave = $2 AND c.started_at IS NOT NULL)
     WHERE campaign_id = $1 AND wave = $2 RETURNING standing, total`,
    [campaignId, wave],
  );
  return progress ?? { standing: 0, total: 0 };
}
