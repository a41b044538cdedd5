import { selectOne, type Db } from '../sql.js';

/** Tries that cost nothing; each further one doubles the wait. */
const FREE = 5;
/** A province behind one address mistypes its logins more often than one person. */
const FREE_OF_NETWORK = 50;

/** Seconds to wait before this login is looked at; 0 = go on, the try is counted. `key` and `network` are hashes. */
export async function beginLogin(
  db: Db,
  { login, key, network }: { login: string; key: string; network: string },
): Promise<number> {
  const sql = `SELECT begin_login($1, $2, $3, $4, $5) AS seconds`;
  return secondsOf(await selectOne(db, sql, [login, key, network, FREE, FREE_OF_NETWORK]));
}

/** The same for a secret asked of somebody who is signed in. */
export async function count(db: Db, key: string): Promise<number> {
  return secondsOf(await selectOne(db, `SELECT count_try($1, $2) AS seconds`, [key, FREE]));
}

const secondsOf = (row: { seconds: number } | null): number => row?.seconds ?? 0;

/** It was right: nothing is held against the next one. What an hour has passed over is forgotten as well. */
export async function forget(db: Db, key: string): Promise<void> {
  await db.query(`DELETE FROM try_count WHERE key = $1 OR last_at < now() - interval '1 hour'`, [key]);
}

/** For ninety days this person gets in from here, whatever others try from the same address. */
export async function knowNetwork(db: Db, personId: string, network: string): Promise<void> {
  await db.query(
    `INSERT INTO known_network (person_id, network) VALUES ($1, $2)
     ON CONFLICT (person_id, network) DO UPDATE SET seen_at = now()`,
    [personId, network],
  );
  await db.query(`DELETE FROM known_network WHERE person_id = $1 AND seen_at < now() - interval '90 days'`, [personId]);
}
