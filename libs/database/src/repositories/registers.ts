import { pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import { GRANT, inForce, type Grant, type OfficeScope } from './offices.js';

/** A grant by its id, revoked ones included. */
export function find(db: Db, id: string): Promise<(Grant & { revoked: boolean }) | null> {
  return selectOne(db, `SELECT ${GRANT}, h.revoked_at IS NOT NULL AS revoked FROM office_holder AS h WHERE h.id = $1`, [
    id,
  ]);
}

/** Who holds what on a day, in registers of `units` (null: of all). */
export async function list(
  db: Db,
  asked: { on: string; units: string[] | null; person?: string; after?: string; limit: number },
): Promise<Page<Grant>> {
  const rows = await select<Grant>(
    db,
    `SELECT ${GRANT} FROM office_holder AS h
     WHERE ${inForce('$1')} AND ($2::uuid[] IS NULL OR h.unit_id = ANY ($2)) AND ($3::uuid IS NULL OR h.person_id = $3)
       AND ($4::uuid IS NULL OR h.id > $4)
     ORDER BY h.id LIMIT $5 + 1`,
    [asked.on, asked.units, asked.person ?? null, asked.after ?? null, asked.limit],
  );
  return pageOf(rows, asked.limit, ({ grant }) => grant);
}

/** Grants of one office at one place that touch a period, earliest first; of one person when asked. */
export function during(
  db: Db,
  asked: { office: string; scope: OfficeScope; from: string; to: string | null; person?: string },
): Promise<Grant[]> {
  const { unit = null, campaign = null, case: of = null, team = null } = asked.scope as Partial<Record<string, string>>;
  return select(
    db,
    `SELECT ${GRANT} FROM office_holder AS h
     WHERE h.office = $1 AND h.unit_id IS NOT DISTINCT FROM $2::uuid AND h.campaign_id IS NOT DISTINCT FROM $3::uuid
       AND h.case_id IS NOT DISTINCT FROM $4::uuid AND h.team_id IS NOT DISTINCT FROM $5::text
       AND h.revoked_at IS NULL AND daterange(h.valid_from, h.valid_to) && daterange($6::date, $7::date)
       AND ($8::uuid IS NULL OR h.person_id = $8)
     ORDER BY h.valid_from, h.id`,
    [asked.office, unit, campaign, of, team, asked.from, asked.to, asked.person ?? null],
  );
}

/** Everything ever granted in units' registers, for a sheet. */
export function everIn(db: Db, units: string[]): Promise<Grant[]> {
  return select(
    db,
    `SELECT ${GRANT} FROM office_holder AS h WHERE h.revoked_at IS NULL AND h.unit_id = ANY ($1)
     ORDER BY h.person_id, h.valid_from, h.id`,
    [units],
  );
}

/** Everything a person holds or held in units' registers. */
export function everOf(db: Db, person: string): Promise<Grant[]> {
  return select(
    db,
    `SELECT ${GRANT} FROM office_holder AS h
     WHERE h.revoked_at IS NULL AND h.unit_id IS NOT NULL AND h.person_id = $1 ORDER BY h.valid_from, h.id`,
    [person],
  );
}
