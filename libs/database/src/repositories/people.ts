import { change, pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import { appendReference } from './ledger.js';
import type { Act } from './organisations.js';

export interface PersonRecord {
  id: string;
  name: string;
  email: string | null;
  /** personnel code */
  code: string | null;
}
const PERSON = `p.id, p.display_name AS name, p.email, p.code`;

export async function add(
  db: Db,
  person: { id?: string; name: string; email?: string | null; code?: string | null },
  act: Act,
): Promise<string> {
  const [added] = await select<{ id: string }>(
    db,
    `INSERT INTO person (id, display_name, email, code) VALUES (coalesce($1::uuid, uuidv7()), $2, $3, $4) RETURNING id`,
    [person.id ?? null, person.name, person.email ?? null, person.code ?? null],
  );
  const id = added!.id;
  await appendReference(db, { kind: 'person', id }, { ...act, type: 'personAdded', data: {} });
  return id;
}

/** What is given is put in place of what was; the event says which fields, never what they hold. */
export async function edit(
  db: Db,
  { id, name, email }: { id: string; name?: string; email?: string | null },
  act: Act,
): Promise<void> {
  const fields = [...(name === undefined ? [] : ['name']), ...(email === undefined ? [] : ['email'])];
  await change(
    db,
    `UPDATE person SET display_name = coalesce($2, display_name), email = CASE WHEN $3 THEN $4 ELSE email END
     WHERE id = $1 RETURNING id`,
    [id, name ?? null, email !== undefined, email ?? null],
  );
  await appendReference(db, { kind: 'person', id }, { ...act, type: 'personChanged', data: { fields } });
}

export async function findMany(db: Db, ids: string[]): Promise<Record<string, PersonRecord>> {
  const rows = await select<PersonRecord>(db, `SELECT ${PERSON} FROM person AS p WHERE id = ANY ($1)`, [ids]);
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** By personnel code in either case, or by id; `called` says by which. A login is no code. */
export function byCodes(db: Db, codes: string[]): Promise<(PersonRecord & { called: string })[]> {
  return select(
    db,
    `SELECT c.code AS called, ${PERSON} FROM unnest($1::text[]) AS c (code)
     JOIN person AS p ON lower(p.code) = c.code OR p.id::text = c.code`,
    [[...new Set(codes.map((code) => code.toLowerCase()))]],
  );
}

/** Units in whose registers the person has ever held an office. */
export async function unitsOf(db: Db, id: string): Promise<string[]> {
  const rows = await select<{ unit: string }>(
    db,
    `SELECT DISTINCT unit_id AS unit FROM office_holder WHERE person_id = $1 AND unit_id IS NOT NULL`,
    [id],
  );
  return rows.map(({ unit }) => unit);
}

/** By id, by personnel code or by login. */
export function resolve(db: Db, reference: string): Promise<PersonRecord | null> {
  return selectOne(
    db,
    `SELECT ${PERSON} FROM person AS p LEFT JOIN account AS a ON a.person_id = p.id
     WHERE p.id::text = $1 OR lower(p.code) = lower($1) OR lower(a.login) = lower($1)
     ORDER BY p.id::text <> $1, lower(p.code) IS DISTINCT FROM lower($1) LIMIT 1`,
    [reference],
  );
}

export async function list(
  db: Db,
  { after, limit, inUnits }: { after?: string; limit: number; inUnits?: string[] | null },
): Promise<Page<PersonRecord & { login: string | null }>> {
  const rows = await select<PersonRecord & { login: string | null }>(
    db,
    `SELECT ${PERSON}, a.login FROM person AS p LEFT JOIN account AS a ON a.person_id = p.id
     WHERE ($1::uuid IS NULL OR p.id > $1) AND ($3::uuid[] IS NULL OR EXISTS (
       SELECT FROM office_holder AS h WHERE h.person_id = p.id AND h.unit_id = ANY ($3)))
     ORDER BY p.id LIMIT $2 + 1`,
    [after ?? null, limit, inUnits ?? null],
  );
  return pageOf(rows, limit, (person) => person.id);
}
