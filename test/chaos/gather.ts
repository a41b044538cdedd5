import { replayStreams } from '@giamsat/audit';
import { connectClient, dataConverter } from '@giamsat/contracts/temporal';
import { seqQuery } from '@giamsat/contracts/workflow';
import { board, checkRows, ledger, watch } from '@giamsat/database';
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { pause, type Rig } from './rig.js';
import { type ChaosRecord, isAbreast, type StreamRecord } from './verdict.js';

/**
 * For all of it: a workflow may be behind the ledger until the watchdog has looked, and one that cannot be followed is given up
 * after some failures, ten seconds each and more.
 */
const QUIET_MS = 150_000;
const LATE_MS = 10_000;

type Ref = Pick<StreamRecord, 'scope' | 'id'>;

/** Waits until every planned moment has passed, then reads everything there is to read. */
export async function gather(
  { environment }: Rig,
  database: DataSource,
  refs: Ref[],
  acknowledged: string[],
): Promise<ChaosRecord> {
  const { GIAMSAT_PAYLOAD_KEY, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = environment;
  const client = await connectClient({
    TEMPORAL_ADDRESS: TEMPORAL_ADDRESS!,
    TEMPORAL_NAMESPACE: TEMPORAL_NAMESPACE!,
    TEMPORAL_TLS: false,
    GIAMSAT_PAYLOAD_KEY,
  });
  try {
    const end = Date.now() + QUIET_MS;
    while ((await missed(database, 3_000)).length > 0 && Date.now() < end) await pause(250);
    const stuck = await missed(database, LATE_MS);
    const options = {
      client,
      dataConverter: dataConverter(GIAMSAT_PAYLOAD_KEY),
      bundlePath: environment.GIAMSAT_WORKFLOW_BUNDLE!,
    };
    const streams: StreamRecord[] = [];
    for (const ref of refs) streams.push(await readStream(database, options, ref, end));
    return {
      acknowledged,
      streams,
      stuck,
      commands: await database.query(`SELECT command_id AS id, outcome FROM command WHERE outcome <> 'unknown'`),
      notices: await database.query(
        `SELECT coalesce(case_id, campaign_id) AS stream, rung, office FROM outbox WHERE kind = 'notice'`,
      ),
      rows: await checkRows(database),
      heads: await watch.discrepancies(database),
    };
  } finally {
    await client.connection.close();
  }
}

async function missed(database: DataSource, forMs: number): Promise<string[]> {
  const before = new Date(Date.now() - forMs).toISOString();
  return (await watch.missedMoments(database, { before, limit: 100 })).map(({ id }) => id);
}

async function readStream(
  database: DataSource,
  options: { client: Client; dataConverter: ReturnType<typeof dataConverter>; bundlePath: string },
  { scope, id }: Ref,
  end: number,
): Promise<StreamRecord> {
  for (;;) {
    const events = await ledger.eventsOf(database, { kind: scope, id });
    const { stands, silence } = await standsAt(options.client, { scope, id });
    const row = (await board.find(database, scope, id))?.row ?? null;
    for await (const { divergences } of replayStreams(options, [{ scope, id, events, row }]))
      if ((divergences.length === 0 && isAbreast({ stands, events })) || Date.now() > end)
        return { scope, id, events, stands, silence, divergences };
    await pause(500);
  }
}

/** A history tells what was committed; only the workflow itself tells what it has made of that. */
async function standsAt(client: Client, { scope, id }: Ref): Promise<Pick<StreamRecord, 'stands' | 'silence'>> {
  const handle = client.workflow.getHandle(`${scope}/${id}`);
  try {
    return { stands: (await handle.query(seqQuery)).seq, silence: null };
  } catch (error) {
    const { message, cause } = error as Error;
    const found = await handle.describe().catch((unknown: unknown) => String(unknown));
    const state = typeof found === 'string' ? found : describing(found);
    return { stands: null, silence: [message, cause, state].filter(Boolean).join(' · ') };
  }
}

const describing = ({ status, historyLength, raw: { pendingWorkflowTask: task } }: WorkflowExecutionDescription) =>
  `${status.name}, ${historyLength} events${task ? `, task attempt ${task.attempt} state ${task.state}` : ''}`;
