import { selectOne, type Db } from '../sql.js';

/** Tries that cost nothing; each further one doubles the wait. */
const FREE = 5;
/** A province behind one address mistypes its logins more often than one person. */
const FREE_OF_NETWORK = 50;

/** `seconds` to wait; 0 = go on, the try is counted under `counted`. */
export interface Begun {
  seconds: number;
  counted: string;
}

/**
 * Before a login is looked at. `key`, `network` and `device` are hashes; from a device on which this account has been signed
 * in before tries are counted apart, so that whoever guesses elsewhere keeps nobody out.
 */
export async function beginLogin(
  db: Db,
  { login, key, network, device }: { login: string; key: string; network: string; device: string },
): Promise<Begun> {
  const sql = `SELECT seconds, counted FROM begin_login($1, $2, $3, $4, $5, $6)`;
  const begun = await selectOne<Begun>(db, sql, [login, key, network, device, FREE, FREE_OF_NETWORK]);
  return begun!;
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

/** For ninety days this person gets in from this network and on this device, whatever others try elsewhere. */
export async function knowPlaces(db: Db, personId: string, places: string[]): Promise<void> {
  await db.query(
    `INSERT INTO known_network (person_id, network) SELECT $1, place FROM unnest($2::text[]) AS place
     ON CONFLICT (person_id, network) DO UPDATE SET seen_at = now()`,
    [personId, places],
  );
  await db.query(`DELETE FROM known_network WHERE person_id = $1 AND seen_at < now() - interval '90 days'`, [personId]);
}

/** Has anybody signed in from there? A device that we never gave out is not one. */
export async function isKnown(db: Db, place: string): Promise<boolean> {
  return (await selectOne(db, `SELECT FROM known_network WHERE network = $1 LIMIT 1`, [place])) !== null;
}
