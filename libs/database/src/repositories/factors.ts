import { change, selectOne, type Db } from '../sql.js';

export interface Factor {
  /** sealed; null until the first code was right */
  secret: string | null;
  /** sealed; waits for its first code */
  pending: string | null;
}

export function find(db: Db, personId: string): Promise<Factor | null> {
  return selectOne(db, `SELECT secret, pending FROM second_factor WHERE person_id = $1`, [personId]);
}

/** What was confirmed before goes on until the new one is. */
export async function propose(db: Db, personId: string, pending: string): Promise<void> {
  await db.query(
    `INSERT INTO second_factor (person_id, pending) VALUES ($1, $2)
     ON CONFLICT (person_id) DO UPDATE SET pending = excluded.pending`,
    [personId, pending],
  );
}

/** The pending secret becomes the factor, with recovery codes of its own. False when it was replaced meanwhile. */
export async function confirm(
  db: Db,
  { personId, pending, step, codeHashes }: { personId: string; pending: string; step: number; codeHashes: string[] },
): Promise<boolean> {
  const confirmed = await change(
    db,
    `UPDATE second_factor SET secret = pending, pending = NULL, last_step = $3
     WHERE person_id = $1 AND pending = $2 RETURNING person_id`,
    [personId, pending, step],
  );
  if (confirmed.length === 0) return false;
  await db.query(`DELETE FROM recovery_code WHERE person_id = $1`, [personId]);
  await db.query(`INSERT INTO recovery_code SELECT $1, unnest($2::text[])`, [personId, codeHashes]);
  return true;
}

/** False when a code of this step, or of a later one, has been taken already. */
export async function useStep(db: Db, personId: string, step: number): Promise<boolean> {
  const used = await change(
    db,
    `UPDATE second_factor SET last_step = $2 WHERE person_id = $1 AND last_step < $2 RETURNING person_id`,
    [personId, step],
  );
  return used.length > 0;
}

/** Each once: a used code is gone. */
export async function useRecoveryCode(db: Db, personId: string, hash: string): Promise<boolean> {
  const sql = `DELETE FROM recovery_code WHERE person_id = $1 AND hash = $2 RETURNING hash`;
  return (await change(db, sql, [personId, hash])).length > 0;
}

export async function remove(db: Db, personId: string): Promise<void> {
  await db.query(`DELETE FROM recovery_code WHERE person_id = $1`, [personId]);
  await db.query(`DELETE FROM second_factor WHERE person_id = $1`, [personId]);
}
