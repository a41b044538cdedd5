import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { dataConverter } from '@giamsat/contracts/temporal';
import { DefaultLogger, MetricsBuffer, NativeConnection, Runtime } from '@temporalio/worker';
import { NAMESPACE } from './engines.js';

const RESOURCE_EXHAUSTED = 8;
const buffer = new MetricsBuffer({ maxBufferSize: 1_000_000 });

/** What the SDK's core counted since the process began, workflow tasks by type of workflow. */
export const counts = { tasksDone: {} as Record<string, number>, tasksFailed: 0, exhausted: 0 };

export function installRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { metrics: { buffer }, logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
    shutdownSignals: [],
  });
  setInterval(readMetrics, 10).unref();
}

export function readMetrics(): void {
  for (const { metric, value, attributes } of buffer.retrieveUpdates()) {
    const name = metric.name.replace(/^temporal_/, '');
    if (name === 'workflow_task_execution_latency') {
      const type = String(attributes.workflow_type);
      counts.tasksDone[type] = (counts.tasksDone[type] ?? 0) + 1;
    }
    if (name === 'workflow_task_execution_failed') counts.tasksFailed += value;
    if (name.startsWith('request') && attributes.status_code === 'RESOURCE_EXHAUSTED') counts.exhausted += value;
  }
}

export interface Connections {
  client: Client;
  native: NativeConnection;
  /** over the worker's connection, as a worker's own */
  own: Client;
  close(): Promise<void>;
}

/** One client and one worker connection; every arm of a run uses both. */
export async function connect(address: string, keys: string): Promise<Connections> {
  const retry = defaultGrpcRetryOptions();
  const counted = makeGrpcRetryInterceptor({
    ...retry,
    retryableDecider: (attempt, status) => {
      if (status.code === RESOURCE_EXHAUSTED) counts.exhausted++;
      return retry.retryableDecider(attempt, status);
    },
  });
  const connection = await Connection.connect({ address, interceptors: [counted] });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace: NAMESPACE, dataConverter: dataConverter(keys) });
  const own = new Client({ connection: native, namespace: NAMESPACE, dataConverter: dataConverter(keys) });
  return {
    client,
    native,
    own,
    async close() {
      await Promise.all([connection.close(), native.close()]);
    },
  };
}
