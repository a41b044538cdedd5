import { change, pageOf, select, selectOne, type Db, type Page } from '../sql.js';
import { appendReference } from './ledger.js';
import type { Act } from './organisations.js';

export interface AccountRecord {
  personId: string;
  login: string;
  passwordHash: string;
  disabledAt: string | null;
  /** the password was given by somebody else: until when it opens, and only for being changed */
  oneTimeUntil: string | null;
  /** its password is public */
  isDemo: boolean;
}

const RECORD = `person_id AS "personId", login, password_hash AS "passwordHash", disabled_at AS "disabledAt",
  one_time_until AS "oneTimeUntil", is_demo AS "isDemo"`;

export interface NewPassword {
  personId: string;
  login: string;
  passwordHash: string;
  oneTimeUntil?: string;
  isDemo?: boolean;
}

/** Creates the account, or gives it another password; signs the person out everywhere. */
export async function setPassword(
  db: Db,
  { personId, login, passwordHash, oneTimeUntil, isDemo = false }: NewPassword,
): Promise<void> {
  await db.query(
    `INSERT INTO account (person_id, login, password_hash, one_time_until, is_demo) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id) DO UPDATE SET login = excluded.login, password_hash = excluded.password_hash,
       one_time_until = excluded.one_time_until, is_demo = excluded.is_demo`,
    [personId, login, passwordHash, oneTimeUntil ?? null, isDemo],
  );
  await endAll(db, personId);
}

/** The person's own change: a password of his own is no one-time password. Ends every other session. */
export async function changePassword(
  db: Db,
  { personId, passwordHash, session }: { personId: string; passwordHash: string; session: string },
): Promise<void> {
  await db.query(`UPDATE account SET password_hash = $2, one_time_until = NULL, is_demo = false WHERE person_id = $1`, [
    personId,
    passwordHash,
  ]);
  await db.query(`DELETE FROM session WHERE person_id = $1 AND id_hash <> $2`, [personId, session]);
}

/** Login without regard to case; disabled ones too, so that the answer takes the same time. */
export function find(db: Db, login: string): Promise<AccountRecord | null> {
  return selectOne(db, `SELECT ${RECORD} FROM account WHERE lower(login) = lower($1)`, [login]);
}

export function ofPerson(db: Db, personId: string): Promise<AccountRecord | null> {
  return selectOne(db, `SELECT ${RECORD} FROM account WHERE person_id = $1`, [personId]);
}

/** At once and everywhere: no session of his is known any more, and no commit rests on his grants. */
export async function disable(db: Db, personId: string): Promise<void> {
  await db.query(`UPDATE account SET disabled_at = now() WHERE person_id = $1 AND disabled_at IS NULL`, [personId]);
  await endAll(db, personId);
}

export async function enable(db: Db, personId: string): Promise<void> {
  await db.query(`UPDATE account SET disabled_at = NULL WHERE person_id = $1`, [personId]);
}

export interface AccountItem {
  person: string;
  login: string;
  name: string;
  disabled: boolean;
  oneTime: boolean;
  secondFactor: boolean;
}

const ITEM = `a.person_id AS person, a.login, p.display_name AS name, a.disabled_at IS NOT NULL AS disabled,
  a.one_time_until IS NOT NULL AS "oneTime", coalesce(f.secret IS NOT NULL, false) AS "secondFactor"`;
const FROM = `account AS a JOIN person AS p ON p.id = a.person_id LEFT JOIN second_factor AS f USING (person_id)`;

export async function list(db: Db, { after, limit }: { after?: string; limit: number }): Promise<Page<AccountItem>> {
  const rows = await select<AccountItem>(
    db,
    `SELECT ${ITEM} FROM ${FROM} WHERE $1::uuid IS NULL OR a.person_id > $1 ORDER BY a.person_id LIMIT $2 + 1`,
    [after ?? null, limit],
  );
  return pageOf(rows, limit, ({ person }) => person);
}

export function item(db: Db, personId: string): Promise<AccountItem | null> {
  return selectOne(db, `SELECT ${ITEM} FROM ${FROM} WHERE a.person_id = $1`, [personId]);
}

export type AccountEvent = 'accountCreated' | 'accountDisabled' | 'accountEnabled' | 'passwordReset';

/** On the person's own stream: who did what to the account, and when. */
export function record(db: Db, personId: string, type: AccountEvent, act: Act): Promise<void> {
  return appendReference(db, { kind: 'person', id: personId }, { ...act, type, data: {} });
}

const endAll = (db: Db, personId: string): Promise<unknown> =>
  change(db, `DELETE FROM session WHERE person_id = $1 RETURNING id`, [personId]);
