import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Commander, dataConverter } from '@giamsat/contracts/temporal';
import { pack, type StreamInput } from '@giamsat/contracts/workflow';
import type { CaseEvent, Command, CommandBody } from '@giamsat/procedure';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { IllegalStateError } from '@temporalio/common';
import proto from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { bundleWorkflows } from '../bundle.mjs';
import type * as stub from './stub-core.js';

const { temporal } = proto;
try {
  Runtime.install({ logger: new DefaultLogger('WARN') });
} catch (error) {
  // A process has one runtime; whoever has installed another before keeps it.
  if (!(error instanceof IllegalStateError)) throw error;
}

/** Named here so that it is checked together with this file. */
export type StubCore = typeof stub;
export const STUB_CORE = {
  alias: { '@giamsat/procedure$': fileURLToPath(new URL('./stub-core.ts', import.meta.url)) },
  // It keeps a count, on purpose: what is shared must not.
  preload: [],
};

export interface Server {
  address: string;
  namespace: string;
}

/** Client and workers against one server, on a task queue of their own, with a key as in production. */
export async function createRig(
  { address, namespace }: Server,
  {
    alias,
    preload,
    keys = `test:${randomBytes(32).toString('base64')}`,
  }: { alias?: Record<string, string>; preload?: string[]; keys?: string } = {},
) {
  const [connection, native, workflowBundle] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
    bundleWorkflows({ alias, preload }),
  ]);
  const client = new Client({ connection, namespace, dataConverter: dataConverter(keys) });
  const taskQueue = `test-${randomUUID()}`;
  const running: { worker: Worker; ended: Promise<void> }[] = [];

  async function startWorker(activities: object, options: Partial<WorkerOptions> = {}): Promise<() => Promise<void>> {
    const worker = await Worker.create({
      connection: native,
      namespace,
      taskQueue,
      workflowBundle,
      activities,
      dataConverter: dataConverter(keys),
      ...options,
    });
    const entry = { worker, ended: worker.run() };
    running.push(entry);
    return async () => {
      running.splice(running.indexOf(entry), 1);
      worker.shutdown();
      await entry.ended;
    };
  }

  function startStream(given: Partial<StreamInput> & { id: string }): Promise<WorkflowHandle> {
    const input: StreamInput = { scope: 'case', events: [], nextMoment: null, ...given };
    const workflowId = `${input.scope}/${input.id}`;
    return client.workflow.start(input.scope, { workflowId, taskQueue, args: [pack(input)] });
  }

  async function close(): Promise<void> {
    for (const { worker } of running) worker.shutdown();
    await Promise.all(running.map(({ ended }) => ended));
    await Promise.all([connection.close(), native.close()]);
  }

  return { client, commander: new Commander(client), keys, taskQueue, workflowBundle, startWorker, startStream, close };
}
export type Rig = Awaited<ReturnType<typeof createRig>>;

export type Given = Exclude<Command, { type: 'passMoment' }>;

export function command(body: Omit<Given, 'envelope'> & CommandBody, commandId: string = randomUUID()): Given {
  const enteredAt = new Date().toISOString();
  const envelope = { commandId, actor: 'p1', capacity: 'secretary', grants: [], enteredAt, dates: {} };
  return { ...body, envelope } as Given;
}

export const finding = (name: string, commandId?: string): Given =>
  command({ type: 'recordFinding', finding: name, kind: 'limitation' }, commandId);

export const give = (handle: WorkflowHandle, given: Command): Promise<unknown> =>
  handle.executeUpdate(given.type, { args: [given], updateId: given.envelope.commandId });

export const event = (seq: number, type: CaseEvent['type'], data: unknown): CaseEvent =>
  ({
    seq,
    type,
    v: 1,
    at: new Date().toISOString(),
    commandId: randomUUID(),
    by: 'engine',
    dates: {},
    data,
  }) as CaseEvent;

/** Event types of a history after the first `skip`. */
export async function eventTypes(handle: WorkflowHandle, skip = 0): Promise<string[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).slice(skip).map(({ eventType }) => temporal.api.enums.v1.EventType[eventType!].slice(11));
}
