import { randomBytes } from 'node:crypto';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replayStreams, type Divergence } from '@giamsat/audit';
import { Commander, connectClient, dataConverter, startStream } from '@giamsat/contracts/temporal';
import { caseWorkflowId, TASK_QUEUE, type Answer, type StreamActivities } from '@giamsat/contracts/workflow';
import { board, ledger, openDatabase } from '@giamsat/database';
import type { CaseEvent, Command } from '@giamsat/procedure';
import { bundleWorkflows } from '@giamsat/workflows/bundle';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { DataSource } from 'typeorm';
import { command } from '../bench/lab/campaign.js';
import { NAMESPACE, startEngines, type Engines } from '../bench/lab/engines.js';
import { openCases } from '../bench/lab/open-cases.js';
import { streamActivities } from '../bench/lab/worker.js';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  // Servers die here on purpose: the core's complaints about it are no news.
  telemetryOptions: { logging: { filter: 'off' } },
  shutdownSignals: [],
});

const TEMPORAL_FILES = ['temporal.db', 'temporal.db-wal', 'temporal.db-shm'];

/** Servers of one test file's own, which it may kill, with the real workflows and the real commit on them. */
export class Stage {
  private readonly workers = new Set<() => Promise<void>>();
  private isClosed = false;

  private constructor(
    readonly engines: Engines,
    readonly engine: DataSource,
    private readonly app: DataSource,
    readonly client: Client,
    readonly commander: Commander,
    readonly keys: string,
    readonly bundlePath: string,
  ) {}

  static async open(): Promise<Stage> {
    const keys = `chaos:${randomBytes(32).toString('base64')}`;
    const [engines, bundle] = await Promise.all([startEngines(), bundleWorkflows()]);
    const client = await connectClient({
      TEMPORAL_ADDRESS: engines.temporal.address,
      TEMPORAL_NAMESPACE: NAMESPACE,
      TEMPORAL_TLS: false,
      GIAMSAT_PAYLOAD_KEY: keys,
    });
    const [engine, app] = await Promise.all([
      openDatabase({ url: engines.urls.engine, poolSize: 10 }),
      openDatabase({ url: engines.urls.migrator, poolSize: 5 }),
    ]);
    const bundlePath = join(engines.folder, 'workflow-bundle.js');
    await writeFile(bundlePath, bundle.code);
    return new Stage(engines, engine, app, client, new Commander(client), keys, bundlePath);
  }

  /** A launched case of the default procedure and its running workflow; no moment of it comes within the test. */
  async openCase(): Promise<WorkflowHandle> {
    const [input] = await openCases(this.app, this.engine, 'vn-party-supervision@2026', 1);
    await startStream(this.client, input!);
    return this.client.workflow.getHandle(caseWorkflowId(input!.id));
  }

  /** `around` stands between the workflow and the commit. */
  async startWorker({
    around = (activities) => activities,
    ...options
  }: { around?: (activities: StreamActivities) => StreamActivities } & Partial<WorkerOptions> = {}): Promise<
    () => Promise<void>
  > {
    const connection = await NativeConnection.connect({ address: this.engines.temporal.address });
    const worker = await Worker.create({
      connection,
      namespace: NAMESPACE,
      taskQueue: TASK_QUEUE,
      workflowBundle: { codePath: this.bundlePath },
      dataConverter: dataConverter(this.keys),
      activities: around(streamActivities(this.engine)),
      stickyQueueScheduleToStartTimeout: '1 second',
      shutdownForceTime: '2 seconds',
      ...options,
    });
    const ended = worker.run();
    const stop = async (): Promise<void> => {
      if (!this.workers.delete(stop)) return;
      worker.shutdown();
      await ended.catch(() => undefined);
      await connection.close();
    };
    this.workers.add(stop);
    return stop;
  }

  /** Those that a failed test has left. */
  async stopWorkers(): Promise<void> {
    await Promise.all([...this.workers].map((stop) => stop()));
  }

  /** As the api and its caller together: the same command until there is an answer. */
  async insist(id: string, given: Command): Promise<Answer> {
    for (;;) {
      try {
        return await this.commander.give({ scope: 'case', id }, given);
      } catch (error) {
        if (this.isClosed || !isPassing(error)) throw error;
      }
    }
  }

  events = (id: string): Promise<CaseEvent[]> => ledger.eventsOf(this.engine, { kind: 'case', id });

  /** Where ledger, history and board row say different things, and whether the history re-executes. */
  async divergences(id: string): Promise<Divergence[]> {
    const row = (await board.find(this.engine, 'case', id))?.row ?? null;
    const stream = { scope: 'case' as const, id, events: await this.events(id), row };
    const { client, keys, bundlePath } = this;
    const found: Divergence[] = [];
    for await (const verdict of replayStreams({ client, dataConverter: dataConverter(keys), bundlePath }, [stream]))
      found.push(...verdict.divergences);
    return found;
  }

  async killTemporal(): Promise<void> {
    const { child } = this.engines.temporal;
    process.kill(-child.pid, 'SIGKILL');
    await child.exited;
  }

  /** Copies what Temporal has on disk, or puts a copy back. The server must not run. */
  async copyTemporal(direction: 'keep' | 'restore'): Promise<void> {
    for (const name of TEMPORAL_FILES) {
      const [live, kept] = [join(this.engines.folder, name), join(this.engines.folder, `kept-${name}`)];
      const [from, to] = direction === 'keep' ? [live, kept] : [kept, live];
      await rm(to, { force: true });
      await cp(from, to).catch((error: { code?: string }) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  /** Postgres's `immediate` shutdown: no checkpoint, every session cut. */
  async killPostgres(): Promise<void> {
    const { child } = this.engines.postgres;
    process.kill(child.pid, 'SIGQUIT');
    await child.exited;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.stopWorkers();
    await this.client.connection.close();
    await Promise.all([this.engine.destroy(), this.app.destroy()]);
    await this.engines.stop();
  }
}

/** What a caller tries again: no answer, or a server that is away. Everything else is an answer. */
const isPassing = (error: unknown): boolean =>
  /unavailable|cancelled|deadline|timed? ?out|aborted|not connected|dropped/i.test(textOf(error));
const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${error.message} ${textOf(error.cause)}` : '';

/** A command that is always possible, leaves exactly one event, and would leave another if it were carried out again. */
export const paper = (): Command => command('team-secretary', { type: 'recordPaper' });
