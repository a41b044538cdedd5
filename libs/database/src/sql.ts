import type { EntityManager } from 'typeorm';

/** A DataSource, or the manager of a transaction: whoever is handed one stays inside it. */
export type Db = Pick<EntityManager, 'query'>;

/** Rows of a SELECT or of an INSERT … RETURNING. */
export function select<T>(db: Db, sql: string, parameters: unknown[] = []): Promise<T[]> {
  return db.query(sql, parameters);
}

export async function selectOne<T>(db: Db, sql: string, parameters: unknown[] = []): Promise<T | null> {
  return (await select<T>(db, sql, parameters))[0] ?? null;
}

/** Rows of an UPDATE or DELETE … RETURNING, which TypeORM hands back together with their number. */
export async function change<T>(db: Db, sql: string, parameters: unknown[] = []): Promise<T[]> {
  const [rows]: [T[], number] = await db.query(sql, parameters);
  return rows;
}

/** SQL, after the alias of a board row: its case or campaign has not ended. `isOpen` of the core says the same. */
export const IS_OPEN = `status IN ('running', 'suspended')`;

export const json = (value: unknown): string => JSON.stringify(value);

/** One page by keyset: `next` is where the following one begins, null at the end. */
export interface Page<T, K = string> {
  items: T[];
  next: K | null;
}

/** Asked for one more than `limit`, so that the end is known without a second question. */
export function pageOf<T, K>(items: T[], limit: number, keyOf: (item: T) => K): Page<T, K> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, next: items.length > limit && last ? keyOf(last) : null };
}
