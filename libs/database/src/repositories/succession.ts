import type { CaseRow } from '@giamsat/procedure';
import { IS_OPEN, pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import { REACHES, type UnitOffices } from './offices.js';
import type { Unit } from './organisations.js';

type Named = Pick<Unit, 'id' | 'symbol' | 'name'>;

/** The unit of a case: as it was called on the day of the decision, and what has become of it since. */
export interface CaseUnit extends Named {
  /** what it is called today, when that differs */
  now: string | null;
  /** the day it ended, when it has */
  ended: string | null;
  /** who stands for it in the case by accepted transfers; null while it does itself */
  takenOverBy: Named[] | null;
}

const NAMED = (unit: string, day: string): string => `jsonb_build_object('id', ${unit}, 'symbol',
  (SELECT symbol FROM org_unit WHERE id = ${unit}), 'name', ${nameAt(unit, day)})`;

/** The name on a day; the last one after the unit's end, the first before its beginning. */
const nameAt = (unit: string, day: string): string => `(SELECT n.name FROM org_name AS n WHERE n.unit_id = ${unit}
  ORDER BY n.valid_from > ${day}, CASE WHEN n.valid_from > ${day} THEN n.valid_from END, n.valid_from DESC LIMIT 1)`;

const ENDED = (unit: string, day: string): string => `(SELECT max(n.valid_to) FROM org_name AS n
  WHERE n.unit_id = ${unit} HAVING bool_and(n.valid_to IS NOT NULL) AND max(n.valid_to) <= ${day})`;

/** SQL: cases that the viewer reads, and as much as he is told of those that he is asked to take over. */
const KNOWN = `(SELECT c.case_id, c.unit_id, c.decided_on FROM supervision_case AS c
  UNION SELECT o.case_id, o.unit_id, o.decided_on FROM my_offers() AS o)`;

const STANDING = `SELECT p.unit_id FROM case_party AS p
  WHERE p.case_id = c.case_id AND p.capacity = 'subject' AND p.valid_to IS NULL`;

/** By case. Old papers keep old names: a case is about the unit as it was on the day of its decision. */
export async function unitsOfCases(db: Db, cases: string[], today: string): Promise<Record<string, CaseUnit>> {
  const rows = await select<CaseUnit & { case: string }>(
    db,
    `SELECT c.case_id AS "case", u.id, u.symbol, ${nameAt('u.id', 'coalesce(c.decided_on, $2)')} AS name,
       nullif(${nameAt('u.id', '$2')}, ${nameAt('u.id', 'coalesce(c.decided_on, $2)')}) AS now,
       ${ENDED('u.id', '$2')} AS ended,
       (SELECT jsonb_agg(${NAMED('s.unit_id', '$2')}) FROM (${STANDING}) AS s
        WHERE NOT EXISTS (SELECT FROM (${STANDING}) AS own WHERE own.unit_id = u.id)) AS "takenOverBy"
     FROM ${KNOWN} AS c JOIN org_unit AS u ON u.id = c.unit_id WHERE c.case_id = ANY ($1::uuid[])`,
    [cases, today],
  );
  return Object.fromEntries(rows.map(({ case: id, ...unit }) => [id, unit]));
}

export interface OrphanedCase {
  case: string;
  campaign: string;
  draft: object;
  row: CaseRow;
  /** may the reader decide about it, by his right on the case */
  inside: boolean;
}

/**
 * Open cases in which a unit that has ended still stands, as far as a right on the case reaches (`inside`); and those of
 * which one of `units` is asked to take over. In the order of their ids.
 */
export async function orphaned(
  db: Db,
  asked: { person: string; on: string; unitOffices: UnitOffices; units: string[]; after?: string; limit: number },
): Promise<Page<OrphanedCase>> {
  const rows = await select<OrphanedCase>(
    db,
    `SELECT * FROM (
       SELECT r.id AS "case", r.campaign_id AS campaign, jsonb_build_object('title', k.title) AS draft, r.body AS row,
         EXISTS (SELECT FROM reaching($2, $3, '{}') AS x
           WHERE x.person_id = $1 AND NOT x.office = ANY ($3) AND ${REACHES})
         AND EXISTS (SELECT FROM (${STANDING}) AS s WHERE ${ENDED('s.unit_id', '$2::date')} IS NOT NULL) AS inside
       FROM (SELECT scope, id, campaign_id, body FROM case_row
           WHERE scope = 'case' AND ${IS_OPEN}
         UNION ALL SELECT 'case', o.case_id, o.campaign_id, o.body FROM my_offers() AS o
           WHERE o.case_id NOT IN (SELECT id FROM case_row WHERE scope = 'case')) AS r
         CROSS JOIN LATERAL campaign_label(r.campaign_id) AS k CROSS JOIN LATERAL (SELECT r.id AS case_id) AS c
       WHERE $5::uuid IS NULL OR r.id > $5
     ) AS open
     WHERE inside OR EXISTS (SELECT FROM jsonb_array_elements_text(coalesce(row->'offered', '[]')) AS o
       WHERE o = ANY ($4))
     ORDER BY "case" LIMIT $6 + 1`,
    [asked.person, asked.on, asked.unitOffices, asked.units, asked.after ?? null, asked.limit],
  );
  return pageOf(rows, asked.limit, (found) => found.case);
}

/** The procedure, as `id@version`, of a case that is offered to this unit of the viewer's and not answered by it; null = none is. */
export async function offeredUnder(db: Db, caseId: string, unit: string): Promise<string | null> {
  const found = await selectOne<{ procedure: string }>(
    db,
    `SELECT k.procedure FROM my_offers() AS o CROSS JOIN LATERAL campaign_label(o.campaign_id) AS k
     WHERE o.case_id = $1 AND o.body->'offered' ? $2`,
    [caseId, unit],
  );
  return found?.procedure ?? null;
}
