import { change, selectOne, type Db } from '../sql.js';

export interface AccountRecord {
  personId: string;
  login: string;
  passwordHash: string;
  disabledAt: string | null;
}

/** Creates the account, or gives it another password; signs the person out everywhere. */
export async function setPassword(
  db: Db,
  { personId, login, passwordHash }: Omit<AccountRecord, 'disabledAt'>,
): Promise<void> {
  await db.query(
    `INSERT INTO account (person_id, login, password_hash) VALUES ($1, $2, $3)
     ON CONFLICT (person_id) DO UPDATE SET login = excluded.login, password_hash = excluded.password_hash`,
    [personId, login, passwordHash],
  );
  await endAll(db, personId);
}

/** Login without regard to case; disabled ones too, so that the answer takes the same time. */
export function find(db: Db, login: string): Promise<AccountRecord | null> {
  return selectOne(
    db,
    `SELECT person_id AS "personId", login, password_hash AS "passwordHash", disabled_at AS "disabledAt"
     FROM account WHERE lower(login) = lower($1)`,
    [login],
  );
}

export async function disable(db: Db, personId: string): Promise<void> {
  await db.query(`UPDATE account SET disabled_at = now() WHERE person_id = $1 AND disabled_at IS NULL`, [personId]);
  await endAll(db, personId);
}

export interface SignedIn {
  personId: string;
  login: string;
  name: string;
  expiresAt: string;
}

/** `idHash`: the cookie's or token's own hash; the database never sees the secret. */
export async function openSession(
  db: Db,
  { idHash, personId, expiresAt }: { idHash: string; personId: string; expiresAt: string },
): Promise<void> {
  await db.query(`INSERT INTO session (id_hash, person_id, expires_at) VALUES ($1, $2, $3)`, [
    idHash,
    personId,
    expiresAt,
  ]);
}

/** Who is signed in with this session, if it is alive: not expired, seen within `idleSeconds`, account not disabled. */
export async function session(
  db: Db,
  { idHash, idleSeconds }: { idHash: string; idleSeconds: number },
): Promise<SignedIn | null> {
  const found = await selectOne<SignedIn & { stale: boolean }>(
    db,
    `SELECT s.person_id AS "personId", a.login, p.display_name AS name, s.expires_at AS "expiresAt",
       s.last_seen_at < now() - interval '1 minute' AS stale
     FROM session AS s JOIN account AS a USING (person_id) JOIN person AS p ON p.id = s.person_id
     WHERE s.id_hash = $1 AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(secs => $2)
       AND a.disabled_at IS NULL`,
    [idHash, idleSeconds],
  );
  if (!found) return null;
  const { stale, ...signedIn } = found;
  // Once a minute is often enough to know who is idle, and a read stays a read.
  if (stale) await db.query(`UPDATE session SET last_seen_at = now() WHERE id_hash = $1`, [idHash]);
  return signedIn;
}

export async function endSession(db: Db, idHash: string): Promise<void> {
  await db.query(`DELETE FROM session WHERE id_hash = $1`, [idHash]);
}

/** Returns how many dead sessions were removed. */
export async function purgeSessions(db: Db): Promise<number> {
  return (await change(db, `DELETE FROM session WHERE expires_at < now() RETURNING id_hash`)).length;
}

const endAll = (db: Db, personId: string): Promise<unknown> =>
  db.query(`DELETE FROM session WHERE person_id = $1`, [personId]);
