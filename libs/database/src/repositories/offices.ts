import { change, json, select, type Db } from '../sql.js';
import { appendReference } from './ledger.js';
import type { Act } from './organisations.js';

/** A team's id is unique in the installation, since rights follow it from campaign to campaign. */
export type OfficeScope = { unit: string } | { campaign: string } | { case: string } | { team: string };

export interface Grant {
  grant: string;
  person: string;
  office: string;
  unit: string | null;
  campaign: string | null;
  case: string | null;
  team: string | null;
  from: string;
  /** first day it no longer holds */
  to: string | null;
  actingFor: string | null;
}

/** What a grant reaches, and for which supervised unit its office speaks there; null = not for one. */
export type Reached = Grant & { reach: Reach; forUnit: string | null };

/**
 * How a grant reaches a case: by itself, through its team, its campaign, a supervised unit, a unit that owes one measure, or
 * the campaign's owner.
 */
export type Reach = 'case' | 'team' | 'campaign' | 'unit' | 'related' | 'owner';

/**
 * Offices of the supervised party, after the procedure. A grant in a unit's register reaches that unit's cases with these
 * only, and one in the owner's register with all others only: the unit's own chief of office is nobody in the campaign.
 */
export type UnitOffices = readonly string[];

export async function grant(
  db: Db,
  given: {
    id?: string;
    person: string;
    office: string;
    scope: OfficeScope;
    from: string;
    to?: string;
    actingFor?: string;
    by?: string;
  },
  act: Act,
): Promise<string> {
  const { person, office, from, to = null, actingFor = null, by = null } = given;
  const { unit = null, campaign = null, case: of = null, team = null } = given.scope as Partial<Record<string, string>>;
  const [granted] = await select<{ id: string }>(
    db,
    `INSERT INTO office_holder (id, person_id, office, unit_id, campaign_id, case_id, team_id, valid_from, valid_to, acting_for, granted_by)
     VALUES (coalesce($1::uuid, uuidv7()), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
    [given.id ?? null, person, office, unit, campaign, of, team, from, to, actingFor, by],
  );
  const id = granted!.id;
  const data = { person, office, ...given.scope, from, to, actingFor };
  await appendReference(db, { kind: 'grant', id, unit }, { ...act, type: 'officeGranted', data });
  return id;
}

/** Takes a right away at once: a commit that rests on it and has not been written yet is refused. False when it was gone. */
export async function revoke(db: Db, { grant: id, by }: { grant: string; by?: string }, act: Act): Promise<boolean> {
  const revoked = await change(
    db,
    `UPDATE office_holder SET revoked_at = now(), revoked_by = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id`,
    [id, by ?? null],
  );
  if (revoked.length === 0) return false;
  await appendReference(db, { kind: 'grant', id }, { ...act, type: 'officeRevoked', data: {} });
  return true;
}

/** The office ends on a day: `to` is the first day it no longer holds. */
export async function endOn(db: Db, { grant: id, to }: { grant: string; to: string }, act: Act): Promise<void> {
  await db.query(`UPDATE office_holder SET valid_to = $2 WHERE id = $1`, [id, to]);
  await appendReference(db, { kind: 'grant', id }, { ...act, type: 'officeEnded', data: { to } });
}

/** SQL over an office_holder named h. */
export const GRANT = `h.id AS "grant", h.person_id AS person, h.office, h.unit_id AS unit, h.campaign_id AS campaign,
  h.case_id AS "case", h.team_id AS team, h.valid_from AS "from", h.valid_to AS "to", h.acting_for AS "actingFor"`;

/** In force on `day`; SQL over an office_holder named h. */
export const inForce = (day: string): string => `in_force(h, ${day})`;

/** Keeps the accounts of the installation, from the register of a body at its top; sees no campaign and no case. */
export const ADMINISTRATOR = 'administrator';

/** Everything a person holds on a day. */
export function ofPerson(db: Db, person: string, on: string): Promise<Grant[]> {
  return select(
    db,
    `SELECT ${GRANT} FROM office_holder AS h WHERE h.person_id = $1 AND ${inForce('$2')} ORDER BY h.id`,
    [person, on],
  );
}

/** The grants by which somebody keeps the accounts that day. */
export function asAdministrator(db: Db, person: string, on: string): Promise<Grant[]> {
  return select(db, `SELECT ${GRANT} FROM office_holder AS h WHERE h.person_id = $1 AND keeps_accounts(h, $2)`, [
    person,
    on,
  ]);
}

export async function hasAdministrator(db: Db, on: string): Promise<boolean> {
  const sql = `SELECT FROM office_holder AS h WHERE h.office = '${ADMINISTRATOR}' AND ${inForce('$1')} LIMIT 1`;
  return (await select(db, sql, [on])).length > 0;
}

export interface OnStream {
  scope: 'case' | 'campaign';
  id: string;
  on: string;
  unitOffices: UnitOffices;
  /** offices that read by a mandate naming its campaigns: in a register they reach nothing */
  auditOffices?: readonly string[];
}

/** What a person may act as on a case or campaign that day: `Actor.offices`, and the grants an envelope rests on. */
export function ofPersonOn(
  db: Db,
  person: string,
  { scope, id, on, unitOffices, auditOffices = [] }: OnStream,
): Promise<Reached[]> {
  return select(
    db,
    `SELECT ${GRANT}, x.reach, x.unit_id AS "forUnit"
     FROM case_row AS r JOIN reaching($3, $4, $5) AS x ON ${REACHES} JOIN office_holder AS h ON h.id = x.grant_id
     WHERE r.scope = $1 AND r.id = $2 AND x.person_id = $6 ORDER BY ${CLOSEST}`,
    [scope, id, on, unitOffices, auditOffices, person],
  );
}

/** The viewer's grants in the registers of units that owe a measure of somebody else's case, with that case. */
export function related(db: Db): Promise<(Grant & { about: string })[]> {
  return select(
    db,
    `SELECT ${GRANT}, x.case_id AS about FROM my_owing() AS x JOIN office_holder AS h ON h.id = x.grant_id
     ORDER BY x.case_id, h.acting_for IS NULL, h.id`,
  );
}

/** An office of a case or campaign. */
export interface Asked {
  office: string;
  scope: 'case' | 'campaign';
  id: string;
  /** the step it is about: of several supervised units only those that owe it count */
  step?: string;
  /** of these only this one */
  unit?: string | null;
  /** units that are asked beside it: where it does not owe the step any more, whoever does but is not among them is asked */
  beside?: string[];
}

/**
 * Who holds each of these offices that day, the closest first: a grant on the case goes before one of the team, then of
 * the campaign, then in a unit's register, and whoever acts for somebody before him. Only the closest kind is returned;
 * empty = nobody.
 */
export async function holdersOn(
  db: Db,
  asked: Asked[],
  { on, unitOffices }: Pick<OnStream, 'on' | 'unitOffices'>,
): Promise<Reached[][]> {
  const found = await select<Reached & { place: number }>(
    db,
    `SELECT ${GRANT}, x.reach, x.unit_id AS "forUnit", place::integer
     FROM unnest($1::text[], $2::text[], $3::uuid[], $6::text[], $7::text[], $8::jsonb[]) WITH ORDINALITY
       AS asked (office, scope, id, step, unit, beside, place)
     JOIN case_row AS r ON r.scope = asked.scope AND r.id = asked.id
     JOIN reaching($4, $5, '{}') AS x ON x.office = asked.office AND ${CONCERNS} JOIN office_holder AS h ON h.id = x.grant_id
     CROSS JOIN LATERAL (SELECT ${OWES('asked.step')} AS owes)
     WHERE x.unit_id IS NULL OR (owes ? x.unit_id::text AND (asked.unit IS NULL OR x.unit_id::text = asked.unit
       OR (NOT owes ? asked.unit AND NOT asked.beside ? x.unit_id::text)))
     ORDER BY ${CLOSEST}`,
    [
      asked.map(({ office }) => office),
      asked.map(({ scope }) => scope),
      asked.map(({ id }) => id),
      on,
      unitOffices,
      asked.map(({ step }) => step ?? null),
      asked.map(({ unit }) => unit ?? null),
      asked.map(({ beside }) => (beside ? json(beside) : null)),
    ],
  );
  const holders = asked.map((): Reached[] => []);
  for (const { place, ...holder } of found) {
    const others = holders[place - 1]!;
    if (others.length === 0 || others[0]!.reach === holder.reach) others.push(holder);
  }
  return holders;
}

const IS_ABOUT = `x.campaign_id = r.campaign_id AND (x.case_id IS NULL OR (r.scope = 'case' AND x.case_id = r.id))`;
/** SQL over a row of `reaching` named x: it shows the case itself. An offer does not, nor does a measure that is owed. */
export const SHOWS = `x.reach NOT IN ('offered', 'related')`;
/** SQL: a row of `reaching` named x gives its holder a board row r. */
export const REACHES = `${IS_ABOUT} AND ${SHOWS}`;
/** SQL: the same, and the unit that owes a measure of it; whoever asks has to see to it that it owes the step. */
const CONCERNS = `${IS_ABOUT} AND x.reach <> 'offered'`;
/** SQL over a board row r: the units that owe a step, or did; of what is no duty of theirs, those that owe all else. */
const OWES = (step: string): string =>
  `coalesce(r.body->'duties'->${step}->'owes', r.body->'past'->${step}, r.body->'duties'->'*'->'owes',
    r.body->'past'->'*', r.body->'units')`;
const CLOSEST = `array_position(ARRAY['case', 'team', 'campaign', 'unit', 'related', 'owner'], x.reach), h.acting_for IS NULL, h.valid_from, h.id`;

/** Holders of an office in units' registers that day, for a plan that has no cases yet. */
export function inUnits(db: Db, { units, on }: { units: string[]; on: string }): Promise<Grant[]> {
  return select(
    db,
    `SELECT ${GRANT} FROM office_holder AS h WHERE h.unit_id = ANY ($1) AND ${inForce('$2')} ORDER BY h.valid_from, h.id`,
    [units, on],
  );
}

/** Holders by campaign or team that day. */
export function inCampaign(
  db: Db,
  { campaign, teams, on }: { campaign: string; teams: string[]; on: string },
): Promise<Grant[]> {
  return select(
    db,
    `SELECT ${GRANT} FROM office_holder AS h
     WHERE (h.campaign_id = $1 OR h.team_id = ANY ($2)) AND ${inForce('$3')} ORDER BY h.valid_from, h.id`,
    [campaign, teams, on],
  );
}
