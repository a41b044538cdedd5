import type { Answer } from '@giamsat/contracts/workflow';
import { change, json, selectOne, type Db } from '../sql.js';

export interface NewCommand {
  commandId: string;
  type: string;
  actor: string;
  key: string;
  /** sha256 of the body */
  bodyHash: string;
}

export interface StoredCommand {
  commandId: string;
  outcome: 'accepted' | 'refused' | 'unknown';
  answer: Answer | null;
}

/**
 * Stored before the case is asked (design §3.6). `new`: go on with this commandId · `again`: this person has sent this key
 * with the same body; go on with the stored id, or give the stored answer · `reused`: the same key with another body.
 */
export type Storing = ({ kind: 'new' | 'again' } & StoredCommand) | { kind: 'reused' };

export async function store(db: Db, { commandId, type, actor, key, bodyHash }: NewCommand): Promise<Storing> {
  const stored = await selectOne<StoredCommand>(
    db,
    `INSERT INTO command (command_id, type, actor, idempotency_key, body_hash, outcome)
     VALUES ($1, $2, $3, $4, $5, 'unknown') ON CONFLICT (actor, idempotency_key) DO NOTHING
     RETURNING command_id AS "commandId", outcome, answer`,
    [commandId, type, actor, key, bodyHash],
  );
  if (stored) return { kind: 'new', ...stored };
  const first = await selectOne<StoredCommand & { bodyHash: string }>(
    db,
    `SELECT command_id AS "commandId", outcome, answer, body_hash AS "bodyHash"
     FROM command WHERE actor = $1 AND idempotency_key = $2`,
    [actor, key],
  );
  if (first?.bodyHash !== bodyHash) return { kind: 'reused' };
  return { kind: 'again', commandId: first.commandId, outcome: first.outcome, answer: first.answer };
}

/** An answer that needed no commit: the door refused. Does nothing once the command is decided; returns what stands. */
export async function settle(db: Db, commandId: string, answer: Answer): Promise<Answer | null> {
  const settled = await change<{ answer: Answer }>(
    db,
    `UPDATE command SET outcome = $2, answer = $3, decided_at = clock_timestamp()
     WHERE command_id = $1 AND outcome = 'unknown' RETURNING answer`,
    [commandId, answer.outcome, json(answer)],
  );
  return settled[0]?.answer ?? (await find(db, commandId))?.answer ?? null;
}

export function find(db: Db, commandId: string): Promise<StoredCommand | null> {
  return selectOne(db, `SELECT command_id AS "commandId", outcome, answer FROM command WHERE command_id = $1`, [
    commandId,
  ]);
}
