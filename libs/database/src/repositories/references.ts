import { IS_OPEN, select, type Db } from '../sql.js';
import { GRANT, inForce, type Grant, type OfficeScope } from './offices.js';

/** Units by id or by a symbol that only one has; `ended` = the first day it no longer was, null while it stands. */
export async function units(
  db: Db,
  references: string[],
): Promise<Record<string, { id: string; ended: string | null }>> {
  const rows = await select<{ reference: string; id: string; ended: string | null }>(
    db,
    `SELECT r.reference, min(u.id::text) AS id,
       (SELECT CASE WHEN bool_or(n.valid_to IS NULL) THEN NULL ELSE max(n.valid_to) END
        FROM org_name AS n WHERE n.unit_id = min(u.id::text)::uuid) AS ended
     FROM unnest($1::text[]) AS r (reference) JOIN org_unit AS u ON u.id::text = r.reference OR u.symbol = r.reference
     GROUP BY r.reference HAVING count(*) = 1`,
    [[...new Set(references)]],
  );
  return Object.fromEntries(rows.map(({ reference, id, ended }) => [reference, { id, ended }]));
}

/** People by id, personnel code or login, in this order. */
export async function people(db: Db, references: string[]): Promise<Record<string, string>> {
  const rows = await select<{ reference: string; id: string }>(
    db,
    `SELECT DISTINCT ON (r.reference) r.reference, p.id FROM unnest($1::text[]) AS r (reference)
     JOIN person AS p LEFT JOIN account AS a ON a.person_id = p.id
       ON p.id::text = r.reference OR lower(p.code) = lower(r.reference) OR lower(a.login) = lower(r.reference)
     ORDER BY r.reference, p.id::text <> r.reference, lower(p.code) IS DISTINCT FROM lower(r.reference)`,
    [[...new Set(references)]],
  );
  return Object.fromEntries(rows.map(({ reference, id }) => [reference, id]));
}

/** Offices granted on single cases that day, cases that are only planned included. */
export function officesOnCases(db: Db, { cases, on }: { cases: string[]; on: string }): Promise<Grant[]> {
  return select(
    db,
    `SELECT ${GRANT}
     FROM office_holder AS h WHERE h.case_id = ANY ($1) AND ${inForce('$2')} ORDER BY h.valid_from, h.id`,
    [cases, on],
  );
}

/** Units of the open cases of a team, of a campaign, or of one case; planned ones of waves that are not launched left out. */
export async function unitsSupervised(db: Db, scope: OfficeScope): Promise<string[]> {
  const { team = null, campaign = null, case: of = null } = scope as Partial<Record<string, string>>;
  const rows = await select<{ unit: string }>(
    db,
    `SELECT DISTINCT p.unit_id AS unit FROM case_row AS r JOIN case_party AS p ON p.case_id = r.id
       AND p.capacity = 'subject' AND p.valid_to IS NULL
     WHERE r.scope = 'case' AND (r.team = $1 OR r.campaign_id = $2 OR r.id = $3)
       AND r.${IS_OPEN}`,
    [team, campaign, of],
  );
  return rows.map(({ unit }) => unit);
}
