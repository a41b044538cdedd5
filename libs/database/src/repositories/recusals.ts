import { change, IS_OPEN, select, type Db } from '../sql.js';
import { appendReference } from './ledger.js';
import type { Act } from './organisations.js';

/** Somebody who may not sit in a team that supervises a unit, from when to when; `reason` is a code. */
export interface Recusal {
  id: string;
  person: string;
  unit: string;
  reason: string;
  from: string;
  to: string | null;
}

const COLUMNS = `id, person_id AS person, unit_id AS unit, reason, valid_from AS "from", valid_to AS "to"`;
const HOLDS = (day: string): string => `valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`;

export async function add(db: Db, recusal: Recusal & { by: string }, act: Act): Promise<void> {
  const { id, person, unit, reason, from, to, by } = recusal;
  await db.query(
    `INSERT INTO recusal (id, person_id, unit_id, reason, valid_from, valid_to, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, person, unit, reason, from, to, by],
  );
  const data = { recusal: id, unit, reason, from, to };
  await appendReference(db, { kind: 'person', id: person }, { ...act, type: 'recusalRecorded', data });
}

/** One of the same person, unit and reason that holds on some day of this one's. */
export async function overlapping(
  db: Db,
  { person, unit, reason, from, to }: Omit<Recusal, 'id'>,
): Promise<Recusal | null> {
  const [found] = await select<Recusal>(
    db,
    `SELECT ${COLUMNS} FROM recusal WHERE person_id = $1 AND unit_id = $2 AND reason = $3
       AND daterange(valid_from, valid_to) && daterange($4, $5) ORDER BY valid_from LIMIT 1`,
    [person, unit, reason, from, to],
  );
  return found ?? null;
}

/** Null when there is none that still holds on `to`. */
export async function end(db: Db, { id, to }: { id: string; to: string }, act: Act): Promise<Recusal | null> {
  const [ended] = await change<Recusal>(
    db,
    `UPDATE recusal SET valid_to = $2 WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2) AND valid_from < $2
     RETURNING ${COLUMNS}`,
    [id, to],
  );
  if (!ended) return null;
  const data = { recusal: id, to };
  await appendReference(db, { kind: 'person', id: ended.person }, { ...act, type: 'recusalEnded', data });
  return ended;
}

export async function find(db: Db, id: string): Promise<Recusal | null> {
  return (await select<Recusal>(db, `SELECT ${COLUMNS} FROM recusal WHERE id = $1`, [id]))[0] ?? null;
}

/** In force on a day, of some units or people; null = of all. */
export function list(
  db: Db,
  { on, units = null, people = null }: { on: string; units?: string[] | null; people?: string[] | null },
): Promise<Recusal[]> {
  return select(
    db,
    `SELECT ${COLUMNS} FROM recusal WHERE ${HOLDS('$1')} AND ($2::uuid[] IS NULL OR unit_id = ANY ($2))
       AND ($3::uuid[] IS NULL OR person_id = ANY ($3)) ORDER BY id`,
    [on, units, people],
  );
}

/** Somebody who sits in the team of an open case and had to step back from its unit. */
export interface Seated {
  case: string;
  person: string;
}

/**
 * Seats on open cases that their holders may not have that day, by one recusal or in these cases. A recusal goes with its unit
 * into what came after it. `teamOffices`: those that are a seat wherever they are held.
 */
export function seated(
  db: Db,
  { on, teamOffices, recusal, cases }: { on: string; teamOffices: string[]; recusal?: string; cases?: string[] },
): Promise<Seated[]> {
  return select(
    db,
    `WITH RECURSIVE barred (person, unit) AS (
       SELECT person_id, unit_id FROM recusal WHERE ${HOLDS('$1')} AND id = coalesce($3, id)
       UNION
       SELECT barred.person, s.successor_id FROM barred JOIN org_succession AS s ON s.unit_id = barred.unit
       WHERE s.effective_on <= $1 AND s.successor_id IS NOT NULL
     )
     SELECT DISTINCT r.id AS "case", barred.person
     FROM barred JOIN office_holder AS h ON h.person_id = barred.person AND in_force(h, $1)
     JOIN case_row AS r ON r.scope = 'case' AND r.${IS_OPEN}
       AND (r.unit_id = barred.unit OR r.body->'units' ? barred.unit::text)
       AND (h.team_id = r.team OR (h.office = ANY ($2) AND (h.case_id = r.id OR h.campaign_id = r.campaign_id)))
     WHERE $4::uuid[] IS NULL OR r.id = ANY ($4) ORDER BY r.id, barred.person`,
    [on, teamOffices, recusal ?? null, cases ?? null],
  );
}

/** Of a unit, or of one that it has come from by then: whoever had to step back from that one has to from this one, too. */
export interface Against extends Pick<Recusal, 'person' | 'unit' | 'reason'> {
  /** the unit it was recorded for */
  recorded: string;
}

/** What stands between these people and these units on a day. A renamed unit is the same one. */
export function against(
  db: Db,
  { on, units, people }: { on: string; units: string[]; people: string[] },
): Promise<Against[]> {
  return select(
    db,
    `WITH RECURSIVE come (unit, former) AS (
       SELECT unit, unit FROM unnest($2::uuid[]) AS unit
       UNION
       SELECT come.unit, s.unit_id FROM come JOIN org_succession AS s ON s.successor_id = come.former
       WHERE s.effective_on <= $1
     )
     SELECT r.person_id AS person, come.unit, r.reason, r.unit_id AS recorded
     FROM come JOIN recusal AS r ON r.unit_id = come.former
     WHERE ${HOLDS('$1')} AND r.person_id = ANY ($3) ORDER BY r.id, come.unit`,
    [on, units, people],
  );
}
