import { catchUp, commitStream } from '@giamsat/database';
import { Commander, dataConverter } from '@giamsat/contracts/temporal';
import type { StreamActivities, LaunchActivities } from '@giamsat/contracts/workflow';
import type { Client } from '@temporalio/client';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { DataSource } from 'typeorm';
import { FanOut } from '../../../apps/worker/src/launch/fan-out.js';
import { LaunchActivity } from '../../../apps/worker/src/launch/launch.activities.js';
import { NAMESPACE } from './engines.js';

/** The same for every arm: caches hold the whole load, as a worker's should (design §5). */
export const WORKER_OPTIONS = {
  maxCachedWorkflows: 1_000,
  maxConcurrentWorkflowTaskExecutions: 32,
  maxConcurrentActivityTaskExecutions: 32,
  maxConcurrentLocalActivityExecutions: 64,
} satisfies Partial<WorkerOptions>;

export interface RunningWorker {
  stop(): Promise<void>;
}

export async function startWorker(
  connection: NativeConnection,
  keys: string,
  options: Pick<WorkerOptions, 'taskQueue' | 'workflowBundle' | 'activities'> & Partial<WorkerOptions>,
): Promise<RunningWorker> {
  const worker = await Worker.create({
    connection,
    namespace: NAMESPACE,
    dataConverter: dataConverter(keys),
    ...WORKER_OPTIONS,
    ...options,
  });
  const ended = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await ended;
    },
  };
}

export const streamActivities = (engine: DataSource): StreamActivities => ({
  commit: (input) => commitStream(engine, input),
  catchUp: (input) => catchUp(engine, input),
});

/** The worker's own. */
export function launchActivities(engine: DataSource, client: Client): LaunchActivities {
  const launcher = new LaunchActivity(engine, client, new FanOut(engine, client, new Commander(client)));
  return { launchWave: (input) => launcher.launchWave(input), fanOut: (input) => launcher.fanOut(input) };
}
