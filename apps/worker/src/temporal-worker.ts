import { readFileSync } from 'node:fs';
import { dataConverter } from '@giamsat/contracts/temporal';
import {
  TASK_QUEUE,
  type DeliveryActivities,
  type LaunchActivities,
  type StreamActivities,
} from '@giamsat/contracts/workflow';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { WorkerConfig } from './config.js';
import { DeliveryActivity } from './delivery/delivery.activities.js';
import { LaunchActivity } from './launch/launch.activities.js';
import { StreamActivity } from './stream/stream.activities.js';
import { CONFIG, CONNECTION, LOG } from './tokens.js';

/** Activities as plain functions over what Nest made. */
export const activitiesOf = (
  stream: StreamActivity,
  launch: LaunchActivity,
  delivery: DeliveryActivity,
): StreamActivities & LaunchActivities & DeliveryActivities => ({
  commit: (input) => stream.commit(input),
  catchUp: (input) => stream.catchUp(input),
  launchWave: (input) => launch.launchWave(input),
  fanOut: (input) => launch.fanOut(input),
  deliverBatch: (input) => delivery.deliverBatch(input),
});

/** The Temporal worker in Nest's hands: Nest owns the signals, the SDK drains before the database is closed. */
@Injectable()
export class TemporalWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private worker: Worker | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(LOG) private readonly log: Logger,
    @Inject(CONNECTION) private readonly connection: NativeConnection,
    private readonly stream: StreamActivity,
    private readonly launch: LaunchActivity,
    private readonly delivery: DeliveryActivity,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.worker = await Worker.create({
      connection: this.connection,
      namespace: this.config.TEMPORAL_NAMESPACE,
      taskQueue: TASK_QUEUE,
      workflowBundle: { code: readFileSync(this.config.GIAMSAT_WORKFLOW_BUNDLE, 'utf8') },
      dataConverter: dataConverter(this.config.GIAMSAT_PAYLOAD_KEY),
      activities: activitiesOf(this.stream, this.launch, this.delivery),
      maxCachedWorkflows: this.config.GIAMSAT_CACHED_WORKFLOWS,
      maxConcurrentWorkflowTaskExecutions: this.config.GIAMSAT_WORKFLOW_TASKS,
      maxConcurrentActivityTaskExecutions: this.config.GIAMSAT_ACTIVITIES,
      maxConcurrentLocalActivityExecutions: this.config.GIAMSAT_ACTIVITIES,
      shutdownGraceTime: '5 seconds',
    });
    this.running = this.worker.run();
    // A worker that has stopped by itself must not look alive: the process ends and is started again.
    this.running.catch((error: unknown) => {
      this.log.fatal({ error: (error as Error).name }, 'the worker stopped');
      process.exitCode = 1;
      process.kill(process.pid, 'SIGTERM');
    });
  }

  get state(): string {
    return this.worker?.getState() ?? 'INITIALIZED';
  }

  async onModuleDestroy(): Promise<void> {
    if (this.worker?.getState() === 'RUNNING') this.worker.shutdown();
    await this.running.catch(() => undefined);
  }
}
