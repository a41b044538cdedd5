import { createHash, randomBytes } from 'node:crypto';
import { change, select, selectOne, type Db } from '../sql.js';

export interface Belonging {
  campaignId?: string;
  caseId?: string;
  unitId?: string;
}

/** Keeps a text and returns the hash that stands for it in events. Salted: equal texts cannot be told from their hashes. */
export async function put(db: Db, body: string, { campaignId, caseId, unitId }: Belonging = {}): Promise<string> {
  const salt = randomBytes(16);
  const hash = contentHash(salt, body);
  await db.query(
    `INSERT INTO content (hash, salt, body, campaign_id, case_id, unit_id) VALUES ($1, $2, $3, $4, $5, $6)`,
    [hash, salt, body, campaignId ?? null, caseId ?? null, unitId ?? null],
  );
  return hash;
}

/** sha256(salt || body), hex. */
export function contentHash(salt: Buffer, body: string): string {
  return createHash('sha256').update(salt).update(body, 'utf8').digest('hex');
}

/** What hashes stand for; null = blanked. A hash that is not here is left out. */
export async function texts(db: Db, hashes: string[]): Promise<Record<string, string | null>> {
  const rows = await select<{ hash: string; body: string | null }>(
    db,
    `SELECT hash, body FROM content WHERE hash = ANY ($1)`,
    [hashes],
  );
  return Object.fromEntries(rows.map(({ hash, body }) => [hash, body]));
}

/** For the role `eraser`: blanks a text for good. False when there was none. Every proof stays as it was. */
export async function erase(db: Db, hash: string): Promise<boolean> {
  const erased = await change(
    db,
    `UPDATE content SET body = NULL, salt = NULL, erased_at = now() WHERE hash = $1 AND erased_at IS NULL RETURNING hash`,
    [hash],
  );
  return erased.length === 1;
}

/** With its salt, for whoever has to show that a text is the one recorded. */
export function withSalt(db: Db, hash: string): Promise<{ salt: Buffer; body: string } | null> {
  return selectOne(db, `SELECT salt, body FROM content WHERE hash = $1 AND erased_at IS NULL`, [hash]);
}
