import { catchUp, commitStream, launches } from '@giamsat/database';
import { dataConverter, startStream } from '@giamsat/contracts/temporal';
import { TASK_QUEUE, type StreamActivities, type LaunchActivities } from '@giamsat/contracts/workflow';
import type { Client } from '@temporalio/client';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { DataSource } from 'typeorm';
import { NAMESPACE } from './engines.js';
import { each } from './in-flight.js';

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
  options: Pick<WorkerOptions, 'workflowBundle' | 'activities'> & Partial<WorkerOptions>,
): Promise<RunningWorker> {
  const worker = await Worker.create({
    connection,
    namespace: NAMESPACE,
    taskQueue: TASK_QUEUE,
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

/** As the worker's own launcher: what stands is marked, what is not comes again. */
export const launchActivities = (engine: DataSource, client: Client): Pick<LaunchActivities, 'launchWave'> => ({
  async launchWave({ campaignId, wave }) {
    for (;;) {
      const inputs = await launches.toStart(engine, { campaignId, wave, limit: 64 });
      await each(inputs, 32, (input) => startStream(client, input));
      const { standing, total } = await launches.markStanding(engine, {
        campaignId,
        wave,
        caseIds: inputs.map(({ id }) => id),
      });
      if (standing === total) return { standing };
    }
  },
});
