import type { CaseRow } from '@giamsat/procedure';
import { IS_OPEN, pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import type { Viewer } from '../context.js';
import { SHOWS } from './offices.js';

export interface BoardLine {
  scope: 'case' | 'campaign';
  id: string;
  campaignId: string;
  unitId: string | null;
  wave: number | null;
  /** earliest due that is running */
  firstDue: string | null;
  row: CaseRow;
}

const LINE = `r.scope, r.id, r.campaign_id AS "campaignId", r.unit_id AS "unitId", r.wave, r.body AS row`;

export function find(db: Db, scope: 'case' | 'campaign', id: string): Promise<BoardLine | null> {
  return selectOne(db, `SELECT ${LINE}, r.first_due AS "firstDue" FROM case_row AS r WHERE scope = $1 AND id = $2`, [
    scope,
    id,
  ]);
}

/** A row is shown when one of this person's offices reaches it that day. */
export type Reader = Viewer;

/** After the last line of the page before. */
export interface BoardKey {
  firstDue: string | null;
  id: string;
}

export interface BoardQuery {
  limit: number;
  after?: BoardKey;
  scope?: 'case' | 'campaign';
  campaignId?: string;
  /** only rows that still run */
  open?: boolean;
  /** only rows a person may see; absent = all */
  reader?: Reader;
}

/**
 * A row's place in a list of one person's: to whoever reaches it for a supervised unit only, by what that unit owes. The order
 * and the keys of its pages would tell of the days of others.
 */
const SHOWN_DUE = `(CASE WHEN (SELECT viewer()) IS NULL OR r.campaign_id IN (SELECT my_campaigns())
    OR r.id IN (SELECT my_cases_inside()) THEN r.first_due
  ELSE (SELECT min(d->>'due') FROM jsonb_array_elements(r.body->'dues') AS d
    WHERE r.body->'duties'->(d->>'key')->'owes' ?| ARRAY(SELECT my_units())) END) COLLATE "C"`;

/** Lines by their earliest due, those without one last. */
export async function list(db: Db, query: BoardQuery): Promise<Page<BoardLine, BoardKey>> {
  const { limit, after, scope = null, campaignId = null, open = false, reader } = query;
  const due = reader ? SHOWN_DUE : 'r.first_due';
  const rows = await select<BoardLine>(
    db,
    `SELECT ${LINE}, ${due} AS "firstDue" FROM case_row AS r
     WHERE ($1::text IS NULL OR r.scope = $1) AND ($2::uuid IS NULL OR r.campaign_id = $2)
       AND (NOT $3 OR r.${IS_OPEN})
       AND ($5::uuid IS NULL OR (coalesce(${due}, '~'), r.id) > (coalesce($4, '~') COLLATE "C", $5))
       ${reader ? `AND ${reachedBy('$7')}` : ''}
     ORDER BY coalesce(${due}, '~'), r.id LIMIT $6 + 1`,
    [scope, campaignId, open, after?.firstDue ?? null, after?.id ?? null, limit, ...readerOf(reader)],
  );
  return pageOf(rows, limit, ({ firstDue, id }) => ({ firstDue, id }));
}

/** Units that stand in the open cases of a campaign. */
export async function openUnits(db: Db, campaignId: string): Promise<string[]> {
  const rows = await select<{ unit: string }>(
    db,
    `SELECT DISTINCT p.unit_id AS unit FROM case_row AS r JOIN case_party AS p ON p.case_id = r.id
       AND p.capacity = 'subject' AND p.valid_to IS NULL
     WHERE r.scope = 'case' AND r.campaign_id = $1 AND r.${IS_OPEN}`,
    [campaignId],
  );
  return rows.map(({ unit }) => unit);
}

/** SQL over a board row r: reached by the reader whose parameters begin at this one. */
function reachedBy(first: `$${number}`): string {
  const [person, ...rest] = [0, 1, 2, 3].map((n) => `$${Number(first.slice(1)) + n}`);
  const reached = (of: string): string =>
    `(SELECT x.${of} FROM reaching(${rest.join(', ')}) AS x WHERE ${SHOWS} AND x.person_id = ${person}`;
  return `(r.campaign_id IN ${reached('campaign_id')} AND x.case_id IS NULL)
    OR (r.scope = 'case' AND r.id IN ${reached('case_id')} AND x.case_id IS NOT NULL)))`;
}

export interface CampaignLine {
  id: string;
  ownerUnit: string;
  state: 'draft' | 'issued' | 'discarded';
  revision: number;
  draft: object;
  /** null before the plan is issued */
  row: CaseRow | null;
  cases: { total: number; open: number };
}

/** Campaigns of a person, newest first: those an office of his reaches, and the drafts he wrote. */
export async function campaigns(
  db: Db,
  { reader, before, limit, drafts = true }: { reader: Reader; before?: string; limit: number; drafts?: boolean },
): Promise<Page<CampaignLine>> {
  const rows = await select<CampaignLine>(
    db,
    `SELECT k.id, k.owner_unit AS "ownerUnit", k.state, k.revision, k.draft, r.body AS row,
       (SELECT jsonb_build_object('total', count(*), 'open', count(*) FILTER (WHERE c.${IS_OPEN}))
        FROM case_row AS c WHERE c.campaign_id = k.id AND c.scope = 'case') AS cases
     FROM campaign AS k LEFT JOIN case_row AS r ON r.scope = 'campaign' AND r.id = k.id
     WHERE k.state <> 'discarded' AND ($1::uuid IS NULL OR k.id < $1) AND (k.state = 'issued' OR $3)
       AND ((k.created_by = $4 AND k.state = 'draft') OR k.id IN (
         SELECT x.campaign_id FROM reaching($5, $6, $7) AS x WHERE x.person_id = $4 AND x.case_id IS NULL))
     ORDER BY k.id DESC LIMIT $2 + 1`,
    [before ?? null, limit, drafts, ...readerOf(reader)],
  );
  return pageOf(rows, limit, (campaign) => campaign.id);
}

export interface Figures {
  total: number;
  byStatus: Record<string, number>;
  byStage: Record<string, number>;
  /** cases with a binding due that is past */
  late: number;
  /** cases past a mark of the installation's own only */
  pastMark: number;
}

/** A campaign's figures as of a day; `now` decides dues that are moments. They are counted, never kept. */
export async function figures(
  db: Db,
  { campaignId, today, now }: { campaignId: string; today: string; now: string },
): Promise<Figures> {
  const found = await selectOne<Figures>(
    db,
    `WITH rows AS (
       SELECT status, coalesce(stage, '') AS stage, (SELECT min(d->>'force') FROM jsonb_array_elements(body->'dues') AS d
         WHERE d->>'due' < CASE WHEN length(d->>'due') = 10 THEN $2 ELSE $3 END) AS past
       FROM case_row WHERE campaign_id = $1 AND scope = 'case'
     )
     SELECT (SELECT count(*) FROM rows) AS total,
       (SELECT coalesce(jsonb_object_agg(status, n), '{}') FROM (SELECT status, count(*) AS n FROM rows GROUP BY status)) AS "byStatus",
       (SELECT coalesce(jsonb_object_agg(stage, n), '{}') FROM (SELECT stage, count(*) AS n FROM rows
         WHERE ${IS_OPEN} GROUP BY stage)) AS "byStage",
       (SELECT count(*) FROM rows WHERE past = 'binding') AS late,
       (SELECT count(*) FROM rows WHERE past = 'policy') AS "pastMark"`,
    [campaignId, today, now],
  );
  return found!;
}

const readerOf = (reader: Reader | undefined): unknown[] =>
  reader ? [reader.person, reader.on, reader.unitOffices, reader.auditOffices] : [];
