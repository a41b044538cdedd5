import { pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import { appendReference } from './ledger.js';
import type { Act } from './organisations.js';

export interface PersonRecord {
  id: string;
  name: string;
  email: string | null;
}

export async function add(db: Db, person: { id?: string; name: string; email?: string }, act: Act): Promise<string> {
  const [added] = await select<{ id: string }>(
    db,
    `INSERT INTO person (id, display_name, email) VALUES (coalesce($1::uuid, uuidv7()), $2, $3) RETURNING id`,
    [person.id ?? null, person.name, person.email ?? null],
  );
  const id = added!.id;
  await appendReference(db, { kind: 'person', id }, { ...act, type: 'personAdded', data: {} });
  return id;
}

export async function findMany(db: Db, ids: string[]): Promise<Record<string, PersonRecord>> {
  const rows = await select<PersonRecord>(
    db,
    `SELECT id, display_name AS name, email FROM person WHERE id = ANY ($1)`,
    [ids],
  );
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** By id or by login. */
export function resolve(db: Db, reference: string): Promise<PersonRecord | null> {
  return selectOne(
    db,
    `SELECT p.id, p.display_name AS name, p.email FROM person AS p LEFT JOIN account AS a ON a.person_id = p.id
     WHERE p.id::text = $1 OR lower(a.login) = lower($1)`,
    [reference],
  );
}

export async function list(
  db: Db,
  { after, limit }: { after?: string; limit: number },
): Promise<Page<PersonRecord & { login: string | null }>> {
  const rows = await select<PersonRecord & { login: string | null }>(
    db,
    `SELECT p.id, p.display_name AS name, p.email, a.login FROM person AS p LEFT JOIN account AS a ON a.person_id = p.id
     WHERE $1::uuid IS NULL OR p.id > $1 ORDER BY p.id LIMIT $2 + 1`,
    [after ?? null, limit],
  );
  return pageOf(rows, limit, (person) => person.id);
}
