import { campaignWorkflowId, caseWorkflowId } from '@giamsat/contracts/workflow';
import type { CaseEvent, CaseRow } from '@giamsat/procedure';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { compareEvents, compareRow, type Divergence } from './compare.js';
import { recordedEvents, type History } from './recorded-events.js';

export interface StreamRecord {
  scope: 'case' | 'campaign';
  id: string;
  /** the whole ledger of the stream, by seq */
  events: CaseEvent[];
  row: CaseRow | null;
}

export interface ReplayOptions {
  client: Client;
  dataConverter: DataConverter;
  /** path of the workflow bundle the worker runs */
  bundlePath: string;
}

export interface StreamVerdict {
  scope: StreamRecord['scope'];
  id: string;
  events: number;
  divergences: Divergence[];
}

/**
 * Re-executes each stream's history with the SDK against the bundle, folds its ledger with the core, and holds ledger,
 * history and board row against each other. Reads only. Yields one verdict a stream, in order.
 */
export async function* replayStreams(
  options: ReplayOptions,
  streams: Iterable<StreamRecord> | AsyncIterable<StreamRecord>,
): AsyncGenerator<StreamVerdict> {
  for await (const stream of streams) {
    const { scope, id, events, row } = stream;
    const divergences = [...compareRow(events, row), ...(await againstHistory(options, stream))];
    yield { scope, id, events: events.length, divergences };
  }
}

async function againstHistory(options: ReplayOptions, { scope, id, events }: StreamRecord): Promise<Divergence[]> {
  const workflowId = scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);
  const history = await historyOf(options.client, workflowId);
  if (!history) return [{ kind: 'no-history' }];
  const context = { type: 'workflow' as const, namespace: options.client.options.namespace, workflowId };
  const recorded = await recordedEvents(history, options.dataConverter, context);
  return [...(await reExecute(options, workflowId, history)), ...compareEvents(events, recorded)];
}

// gRPC's code; `fetchHistory` hands the server's error on as it is
const NOT_FOUND = 5;

async function historyOf(client: Client, workflowId: string): Promise<History | null> {
  try {
    return await client.workflow.getHandle(workflowId).fetchHistory();
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) return null;
    throw error;
  }
}

async function reExecute(options: ReplayOptions, workflowId: string, history: History): Promise<Divergence[]> {
  const worker = { workflowBundle: { codePath: options.bundlePath }, dataConverter: options.dataConverter };
  const found: Divergence[] = [];
  try {
    for await (const { error } of Worker.runReplayHistories(worker, [{ workflowId, history }])) {
      // The SDK's words name commands and events by type and number, and nothing of what they carry.
      if (error && !wentOn(error)) found.push({ kind: 'not-replayable', detail: error.message.split('\n')[0]! });
    }
  } catch (error) {
    if (!wentOn(error as Error)) throw error;
  }
  return found;
}

/**
 * Of a case that lives, a moment may have come and its commit not be on record yet. Its history has been followed to the end
 * then, and the workflow goes on to an activity that nobody does in a replay.
 */
const wentOn = ({ message }: Error): boolean => /^Local activity of type \S+ not registered on worker/.test(message);
