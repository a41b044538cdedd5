import type { SuccessionKind } from '../entities/organisations.js';
import { json, pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import { appendReference, type ReferenceEvent } from './ledger.js';

/** Who did it and when, for the stream of the thing it is done to. */
export type Act = Omit<ReferenceEvent, 'type' | 'data'>;

export interface Unit {
  id: string;
  kind: string;
  symbol: string | null;
  /** as it was called on the day asked for */
  name: string;
  parent: string | null;
}

/** A unit as it stands from a day on. Names go into their own table, never into events. */
export async function addUnit(
  db: Db,
  unit: { id?: string; kind: string; symbol?: string; name: string; from: string; parent?: string | null },
  act: Act,
): Promise<string> {
  const { kind, symbol = null, name, from, parent } = unit;
  const paper = paperOf(act);
  const [added] = await select<{ id: string }>(
    db,
    `INSERT INTO org_unit (id, kind, symbol) VALUES (coalesce($1::uuid, uuidv7()), $2, $3) RETURNING id`,
    [unit.id ?? null, kind, symbol],
  );
  const id = added!.id;
  await nameFrom(db, [id, name, from, paper]);
  if (parent) await parentFrom(db, [id, parent, from, paper]);
  await record(db, id, 'unitAdded', { kind, from, parent: parent ?? null }, act);
  return id;
}

export async function rename(db: Db, { id, name, from }: { id: string; name: string; from: string }, act: Act) {
  await db.query(`UPDATE org_name SET valid_to = $2 WHERE unit_id = $1 AND valid_to IS NULL`, [id, from]);
  await nameFrom(db, [id, name, from, paperOf(act)]);
  await record(db, id, 'unitRenamed', { from }, act);
}

/** Under another unit from a day on. */
export async function move(db: Db, { id, parent, from }: { id: string; parent: string; from: string }, act: Act) {
  await db.query(`UPDATE org_parent SET valid_to = $2 WHERE unit_id = $1 AND valid_to IS NULL`, [id, from]);
  await parentFrom(db, [id, parent, from, paperOf(act)]);
  await record(db, id, 'unitMoved', { parent, from }, act);
}

/** Ends a unit on a day: merged into, split into, or dissolved (no successors). Its papers keep its name. */
export async function end(
  db: Db,
  { id, kind, successors, on }: { id: string; kind: SuccessionKind; successors: string[]; on: string },
  act: Act,
): Promise<void> {
  for (const successor of successors.length > 0 ? successors : [null])
    await db.query(
      `INSERT INTO org_succession (unit_id, successor_id, kind, effective_on, instrument) VALUES ($1, $2, $3, $4, $5)`,
      [id, successor, kind, on, paperOf(act)],
    );
  for (const table of ['org_name', 'org_parent'])
    await db.query(`UPDATE ${table} SET valid_to = $2 WHERE unit_id = $1 AND valid_to IS NULL`, [id, on]);
  await record(db, id, 'unitEnded', { kind, successors, on }, act);
}

const paperOf = ({ paper }: Act): string | null => (paper ? json(paper) : null);
const nameFrom = (db: Db, row: [id: string, name: string, from: string, paper: string | null]): Promise<unknown> =>
  db.query(`INSERT INTO org_name (unit_id, name, valid_from, instrument) VALUES ($1, $2, $3, $4)`, row);
const parentFrom = (db: Db, row: [id: string, parent: string, from: string, paper: string | null]): Promise<unknown> =>
  db.query(`INSERT INTO org_parent (unit_id, parent_id, valid_from, instrument) VALUES ($1, $2, $3, $4)`, row);

const AT = (alias: string, day: string): string =>
  `${alias}.valid_from <= ${day} AND (${alias}.valid_to IS NULL OR ${alias}.valid_to > ${day})`;

/** The units that exist on a day. */
export async function list(
  db: Db,
  { on, after, limit, under }: { on: string; after?: string; limit: number; under?: string },
): Promise<Page<Unit>> {
  const rows = await select<Unit>(
    db,
    `SELECT u.id, u.kind, u.symbol, n.name, p.parent_id AS parent
     FROM org_unit AS u JOIN org_name AS n ON n.unit_id = u.id AND ${AT('n', '$1')}
     LEFT JOIN org_parent AS p ON p.unit_id = u.id AND ${AT('p', '$1')}
     WHERE ($2::uuid IS NULL OR u.id > $2) AND ($4::uuid IS NULL OR p.parent_id = $4) ORDER BY u.id LIMIT $3 + 1`,
    [on, after ?? null, limit, under ?? null],
  );
  return pageOf(rows, limit, (unit) => unit.id);
}

/** Names of units on a day; a unit that had ended by then keeps its last name, one not yet begun its first. */
export async function named(
  db: Db,
  ids: string[],
  on: string,
): Promise<Record<string, Pick<Unit, 'id' | 'symbol' | 'name'>>> {
  const rows = await select<Pick<Unit, 'id' | 'symbol' | 'name'>>(
    db,
    `SELECT DISTINCT ON (u.id) u.id, u.symbol, n.name FROM org_unit AS u JOIN org_name AS n ON n.unit_id = u.id
     WHERE u.id = ANY ($1) ORDER BY u.id, n.valid_from > $2, CASE WHEN n.valid_from > $2 THEN n.valid_from END,
       n.valid_from DESC`,
    [ids, on],
  );
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** By id, or by symbol where it is the only one of that symbol. */
export function resolve(db: Db, reference: string): Promise<{ id: string } | null> {
  return selectOne(
    db,
    `SELECT min(id::text) AS id FROM org_unit WHERE id::text = $1 OR symbol = $1 HAVING count(*) = 1`,
    [reference],
  );
}

/** The unit and everything under it on a day. */
export async function below(db: Db, root: string, on: string): Promise<string[]> {
  const rows = await select<{ id: string }>(
    db,
    `WITH RECURSIVE tree (id) AS (
       SELECT $1::uuid UNION SELECT p.unit_id FROM tree JOIN org_parent AS p ON p.parent_id = tree.id AND ${AT('p', '$2')}
     ) SELECT id FROM tree`,
    [root, on],
  );
  return rows.map((row) => row.id);
}

export interface Succession {
  unit: string;
  successor: string | null;
  kind: SuccessionKind;
  on: string;
}

export function successionsOf(db: Db, id: string): Promise<Succession[]> {
  return select(
    db,
    `SELECT unit_id AS unit, successor_id AS successor, kind, effective_on AS "on"
     FROM org_succession WHERE unit_id = $1 ORDER BY effective_on, successor_id`,
    [id],
  );
}

const record = (db: Db, id: string, type: string, data: object, act: Act): Promise<void> =>
  appendReference(db, { kind: 'organisation', id, unit: id }, { ...act, type, data });
