import { attestedText } from '@giamsat/contracts/attest';
import type { CommitInput, CommitResult, CaughtUp, UndecidedCommit } from '@giamsat/contracts/workflow';
import { type CaseEvent, civilDateAt } from '@giamsat/procedure';
import { homeZone } from '@giamsat/procedure/source';
import type { DataSource } from 'typeorm';
import { inTransaction, poolOf } from '../data-source.js';
import { firstDue, hashesOf } from './events-as-parameters.js';
import { launchWave } from './launch.js';

/** The day by which offices stand is set before the function runs, in the same transaction. */
const COMMIT = `SELECT commit_attested($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS result
  FROM set_config('giamsat.day', $14, true)`;

type StoredResult = Omit<CommitResult, 'events'> & { events?: CaseEvent[] };

/**
 * Postgres decides, the workflow follows (design §3.2). One transaction under the stream's lock, one round trip: a known
 * command gets its stored answer, a caller that is behind gets what it lacks and writes nothing, anything else is written
 * whole: events, answer, board row, notices owed, and the cases of a wave that is launched.
 * @throws pg.DatabaseError GS404 no such stream · GS409 the ledger lacks events the caller has applied · GS422 a gap.
 */
export async function commitStream(
  dataSource: DataSource,
  input: CommitInput | UndecidedCommit,
): Promise<CommitResult> {
  if (input.decision === null) return { kind: 'behind', answer: null, ...(await catchUp(dataSource, input)) };
  const events = 'events' in input.decision ? input.decision.events : [];
  const waves = events.filter((event) => event.type === 'waveLaunched');
  if (waves.length === 0) {
    const { rows } = await poolOf(dataSource).query<{ result: StoredResult }>({
      name: 'commit-stream',
      text: COMMIT,
      values: parameters(input, events),
    });
    return whole(rows[0]?.result, events);
  }
  return inTransaction(dataSource, async (manager) => {
    const rows: { result: StoredResult }[] = await manager.query(COMMIT, parameters(input, events));
    const result = whole(rows[0]?.result, events);
    if (result.kind === 'done' && result.events.length > 0)
      for (const event of waves) await launchWave(manager, input.id, event);
    return result;
  });
}

/** What the ledger holds past `afterSeq`, and the next moment of the board row. Writes nothing. */
export async function catchUp(
  dataSource: DataSource,
  { scope, id, afterSeq }: { scope: 'case' | 'campaign'; id: string; afterSeq: number },
): Promise<CaughtUp> {
  const { rows } = await poolOf(dataSource).query<CaughtUp>({
    name: 'catch-up',
    text: `SELECT events_after(s, $3) AS events, next_moment_of(s) AS "nextMoment" FROM stream AS s WHERE kind = $1 AND id = $2`,
    values: [scope, id, afterSeq],
  });
  return rows[0] ?? { events: [], nextMoment: null };
}

function parameters(input: CommitInput, events: CaseEvent[]): unknown[] {
  const refusal = 'refusal' in input.decision ? JSON.stringify(input.decision.refusal) : null;
  const stream = [input.scope, input.id, input.afterSeq, input.commandId, input.actor];
  const written = [JSON.stringify(events), hashesOf(events), refusal, JSON.stringify(input.row), firstDue(input.row)];
  const { command, mac } = input.attested;
  const today = civilDateAt(new Date().toISOString(), homeZone());
  return [...stream, ...written, [...new Set(input.grants)], attestedText(input, command), mac, today];
}

/** The transaction does not send back what the caller has just sent. */
function whole(result: StoredResult | undefined, own: CaseEvent[]): CommitResult {
  if (!result) throw new Error('The database gave no result.');
  const events = result.events ?? (result.answer?.outcome === 'accepted' ? own : []);
  return { kind: result.kind, events, nextMoment: result.nextMoment, answer: result.answer };
}
