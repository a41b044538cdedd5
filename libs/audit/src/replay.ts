import { campaignWorkflowId, caseWorkflowId } from '@giamsat/contracts/workflow';
import type { CaseEvent, CaseRow } from '@giamsat/procedure';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
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
  const done = asDone(history);
  // Of a workflow that was just started there is nothing yet to repeat.
  if (!done.events?.some(({ workflowTaskCompletedEventAttributes: task }) => task)) return found;
  for await (const { error } of Worker.runReplayHistories(worker, [{ workflowId, history: done }])) {
    // The SDK's words name commands and events by type and number, and nothing of what they carry.
    if (error) found.push({ kind: 'not-replayable', detail: error.message.split('\n')[0]! });
  }
  return found;
}

const { EventType } = proto.temporal.api.enums.v1;
/** What comes to a workflow, and the tasks in which it is told: nothing has been made of it yet where these come last. */
const COMING = [
  EventType.EVENT_TYPE_TIMER_FIRED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
];

/**
 * The history of a workflow that lives, as far as anything was made of it. Beyond that a replay would go on to a commit that
 * nobody does for it.
 */
export function asDone(history: History): History {
  const events = history.events ?? [];
  const last = events.findLastIndex(({ eventType }) => !COMING.includes(eventType as (typeof COMING)[number]));
  return { ...history, events: events.slice(0, last + 1) };
}
