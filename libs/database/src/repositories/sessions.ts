import { change, select, selectOne, type Db } from '../sql.js';

export interface SignedIn {
  personId: string;
  login: string;
  name: string;
  kind: SessionKind;
  /** the password was given again within the last five minutes */
  isConfirmed: boolean;
  /** may only change the password */
  mustChange: boolean;
  hasFactor: boolean;
  /** seconds until this session may send another request; 0 = this one is counted */
  wait: number;
}
export type SessionKind = 'browser' | 'token';

/** How long a password that was given again is worth. */
export const CONFIRMED_MINUTES = 5;

/** `idHash`: the cookie's or token's own hash; the database never sees the secret. */
export async function open(
  db: Db,
  { idHash, personId, kind, expiresAt }: { idHash: string; personId: string; kind: SessionKind; expiresAt: string },
): Promise<void> {
  await db.query(`INSERT INTO session (id_hash, person_id, kind, expires_at) VALUES ($1, $2, $3, $4)`, [
    idHash,
    personId,
    kind,
    expiresAt,
  ]);
}

/**
 * Who is signed in with this session, if it is alive: not expired, seen within `idleSeconds`, account not disabled. Asked at
 * every request, so that what is taken away is gone at the next one; the request is counted with it. `demo`: accounts whose
 * password is public count too.
 */
export async function find(
  db: Db,
  { idHash, idleSeconds, demo, perMinute }: { idHash: string; idleSeconds: number; demo: boolean; perMinute: number },
): Promise<SignedIn | null> {
  const found = await selectOne<SignedIn & { stale: boolean }>(
    db,
    `SELECT s.person_id AS "personId", a.login, p.display_name AS name, s.kind,
       coalesce(s.confirmed_at > now() - make_interval(mins => $4), false) AS "isConfirmed",
       a.one_time_until IS NOT NULL AS "mustChange", coalesce(f.secret IS NOT NULL, false) AS "hasFactor",
       s.last_seen_at < now() - interval '1 minute' AS stale, take_pace(s.id_hash, $5) AS wait
     FROM session AS s JOIN account AS a USING (person_id) JOIN person AS p ON p.id = s.person_id
       LEFT JOIN second_factor AS f USING (person_id)
     WHERE s.id_hash = $1 AND s.expires_at > now() AND s.last_seen_at > now() - make_interval(secs => $2)
       AND a.disabled_at IS NULL AND ($3 OR NOT a.is_demo)`,
    [idHash, idleSeconds, demo, CONFIRMED_MINUTES, perMinute],
  );
  if (!found) return null;
  const { stale, ...signedIn } = found;
  // Once a minute is often enough to know who is idle, and a read stays a read.
  if (stale) await db.query(`UPDATE session SET last_seen_at = now() WHERE id_hash = $1`, [idHash]);
  return signedIn;
}

/** Returns until when. */
export async function confirm(db: Db, idHash: string): Promise<string> {
  const [confirmed] = await change<{ until: string }>(
    db,
    `UPDATE session SET confirmed_at = now() WHERE id_hash = $1 RETURNING now() + make_interval(mins => $2) AS until`,
    [idHash, CONFIRMED_MINUTES],
  );
  return confirmed!.until;
}

export interface SessionItem {
  id: string;
  kind: SessionKind;
  openedAt: string;
  seenAt: string;
  expiresAt: string;
  current: boolean;
}

/** Alive ones of a person, the latest first. */
export function ofPerson(
  db: Db,
  { personId, idHash, idleSeconds }: { personId: string; idHash: string; idleSeconds: number },
): Promise<SessionItem[]> {
  return select(
    db,
    `SELECT id, kind, created_at AS "openedAt", last_seen_at AS "seenAt", expires_at AS "expiresAt", id_hash = $2 AS current
     FROM session
     WHERE person_id = $1 AND expires_at > now() AND last_seen_at > now() - make_interval(secs => $3) ORDER BY id DESC`,
    [personId, idHash, idleSeconds],
  );
}

export async function end(db: Db, idHash: string): Promise<void> {
  await db.query(`DELETE FROM session WHERE id_hash = $1`, [idHash]);
}

/** False when this person has no such session. */
export async function endById(db: Db, { personId, id }: { personId: string; id: string }): Promise<boolean> {
  return (
    (await change(db, `DELETE FROM session WHERE person_id = $1 AND id = $2 RETURNING id`, [personId, id])).length > 0
  );
}

/** Returns how many dead sessions were removed. */
export async function purge(db: Db): Promise<number> {
  return (await change(db, `DELETE FROM session WHERE expires_at < now() RETURNING id`)).length;
}
