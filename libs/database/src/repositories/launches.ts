import type { StreamInput } from '@giamsat/contracts/workflow';
import type { CaseEvent, EventOf } from '@giamsat/procedure';
import { change, select, type Db } from '../sql.js';

type Shared = Pick<EventOf<'opened'>['data'], 'procedure' | 'calendar'>;
type Row = Pick<StreamInput, 'id' | 'events' | 'nextMoment'> & { shared: Shared | null; isShared: boolean };

/**
 * Cases of a wave whose workflow is not known to stand, with what starts it, by id. The same ones come again until marked.
 * What all of them were opened with is read once a page: it is nine tenths of what starts a case.
 */
export async function toStart(
  db: Db,
  { campaignId, wave, after, limit }: { campaignId: string; wave: number; after?: string; limit: number },
): Promise<StreamInput[]> {
  const rows = await select<Row>(
    db,
    `WITH page AS (
       SELECT s.id, events, next_moment_of(s) AS "nextMoment", jsonb_build_object(
         'procedure', events->0->'data'->'procedure', 'calendar', events->0->'data'->'calendar') AS own
       FROM supervision_case AS c JOIN stream AS s ON s.kind = 'case' AND s.id = c.case_id::text,
         events_after(s, 0) AS events
       WHERE c.campaign_id = $1 AND c.wave = $2 AND c.started_at IS NULL AND ($4::uuid IS NULL OR c.case_id > $4)
       ORDER BY c.case_id LIMIT $3
     ), compared AS (
       SELECT *, row_number() OVER by_id AS n, own = first_value(own) OVER by_id AS "isShared"
       FROM page WINDOW by_id AS (ORDER BY id)
     )
     SELECT id, "nextMoment", "isShared", CASE WHEN n = 1 THEN own END AS shared,
       CASE WHEN "isShared" THEN events #- '{0,data,procedure}' #- '{0,data,calendar}' ELSE events END AS events
     FROM compared ORDER BY n`,
    [campaignId, wave, limit, after ?? null],
  );
  const shared = rows[0]?.shared;
  return rows.map(({ id, events, nextMoment, isShared }) => {
    const whole = isShared && shared ? opened(events, shared) : events;
    return { scope: 'case', id, events: whole, nextMoment };
  });
}

/** The first event as it was written. */
function opened(events: CaseEvent[], shared: Shared): CaseEvent[] {
  const [first, ...others] = events;
  return first?.type === 'opened' ? [{ ...first, data: { ...first.data, ...shared } }, ...others] : events;
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
