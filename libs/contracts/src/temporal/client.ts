import {
  Client,
  Connection,
  type ConnectionLike,
  QueryNotRegisteredError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import type { WorkflowIdConflictPolicy } from '@temporalio/common';
import { campaignWorkflowId, caseWorkflowId, DELIVERY_WORKFLOW_ID, TASK_QUEUE } from '../workflow/ids.js';
import { seqQuery, type StreamInput, wakeDeliverySignal } from '../workflow/messages.js';
import { pack } from '../workflow/travel.js';
import { dataConverter } from './data-converter.js';
import type { TemporalConfig } from './variables.js';

/** What a client and a worker connect with. */
export const connectionOptions = (config: TemporalConfig): { address: string; tls: boolean; apiKey?: string } => ({
  address: config.TEMPORAL_ADDRESS,
  tls: config.TEMPORAL_TLS || config.TEMPORAL_API_KEY !== undefined,
  apiKey: config.TEMPORAL_API_KEY,
});

/** Fails when the server does not answer. Whoever connects closes: `client.connection.close()`. */
export const connectClient = async (config: TemporalConfig): Promise<Client> =>
  clientOver(await Connection.connect(connectionOptions(config)), config);

/** Over a connection that stands, such as that of a worker. */
export const clientOver = (connection: ConnectionLike, config: TemporalConfig): Client =>
  new Client({
    connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: dataConverter(config.GIAMSAT_PAYLOAD_KEY),
  });

/** As often as no run of bad luck takes from a worker what it has begun, a server that goes down included. */
const GIVEN_UP = 4;
/** A worker answers a query; one that is not answered by then says that something is wrong. */
const ANSWER_MS = 5_000;

/** How many times in a row the task of a workflow that runs was handed out; 0 when there is none. */
const attemptsOf = ({ status, raw }: WorkflowExecutionDescription): number =>
  status.name === 'RUNNING' ? (raw.pendingWorkflowTask?.attempt ?? 0) : 0;

/** Its last task was lost, or failed. */
export const isFailing = (found: WorkflowExecutionDescription): boolean => attemptsOf(found) > 1;
export const isGivenUp = (found: WorkflowExecutionDescription): boolean => attemptsOf(found) >= GIVEN_UP;

/**
 * A workflow that runs and cannot be followed: it was given up, or a worker that was asked a question could not replay it. Seen
 * where Temporal and its workers are killed: the SDK (1.24) may record that a local activity has ended in one task and tell the
 * workflow of it in the next, which no replay repeats.
 */
export async function isBroken(client: Client, found: WorkflowExecutionDescription): Promise<boolean> {
  if (found.status.name !== 'RUNNING') return false;
  if (isGivenUp(found)) return true;
  return standsAt(client, found.workflowId).then(
    () => false,
    (error: unknown) => error instanceof QueryNotRegisteredError || FAILED.test(detailsOf(error)),
  );
}

/** The seq up to which a workflow has heard, by its own word. */
export async function standsAt(client: Client, workflowId: string): Promise<number> {
  const handle = client.workflow.getHandle(workflowId);
  return (await client.withDeadline(Date.now() + ANSWER_MS, () => handle.query(seqQuery))).seq;
}

/** What the server says of a workflow whose task fails; a worker that could not follow the history knows no query of it. */
const FAILED = /Workflow Task in failed state/;
const detailsOf = (error: unknown): string =>
  (error as { cause?: { details?: string } } | undefined)?.cause?.details ?? '';

/**
 * Starts the workflow of a case or campaign; false when it runs already. `restore` also starts one that has ended or was
 * terminated, and replaces one that is broken; without it such a one is left alone, so that a repeated launch never revives
 * what was ended. `eager` hands its first task to the worker of this process, whose connection the client must share, and
 * spares the server a queue.
 */
export async function startStream(
  client: Client,
  input: StreamInput,
  { restore = false, eager = false } = {},
): Promise<boolean> {
  const workflowId = input.scope === 'case' ? caseWorkflowId(input.id) : campaignWorkflowId(input.id);
  const start = (workflowIdConflictPolicy: WorkflowIdConflictPolicy) =>
    client.workflow.start(input.scope, {
      workflowId,
      taskQueue: TASK_QUEUE,
      workflowIdReusePolicy: restore ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
      workflowIdConflictPolicy,
      requestEagerStart: eager,
      args: [pack(input)],
    });
  try {
    await start('FAIL');
    return true;
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    if (!restore || !(await isBroken(client, await client.workflow.getHandle(workflowId).describe()))) return false;
    await start('TERMINATE_EXISTING');
    return true;
  }
}

/** Starts the delivery workflow or wakes it. Harmless at any time. */
export async function wakeDelivery(client: Client): Promise<void> {
  await client.workflow.signalWithStart('delivery', {
    workflowId: DELIVERY_WORKFLOW_ID,
    taskQueue: TASK_QUEUE,
    signal: wakeDeliverySignal,
  });
}
