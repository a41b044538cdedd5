import '../../apps/worker/src/heap.js';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { TASK_QUEUE } from '@giamsat/contracts/workflow';
import { IDLE_MS, openDatabase } from '@giamsat/database';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { bundleWorkflows } from '../../workflows/bundle.mjs';
import type { RowActivities } from './bare/workflows.js';
import { cpuOf, type Cpu } from './lab/cpu.js';
import { startEngines, type Engines } from './lab/engines.js';
import { connect, installRuntime, type Connections } from './lab/runtime.js';
import { launchActivities, startWorker, streamActivities } from './lab/worker.js';

export interface Rig extends Connections {
  keys: string;
  engines: Engines;
  app: DataSource;
  engine: DataSource;
  bundles: { bare: { code: string }; giamsat: { code: string } };
  cpu(): Cpu;
}
export type Arm = 'bare' | 'giamsat';
/** The arms share everything but this, so that neither does the other's work. */
export const BARE_QUEUE = 'bare';

const POOL = 20;

/** Both arms on the same servers, connections, key and worker options, each with a worker that lives through the run, as one does. */
export async function createRig(): Promise<Rig> {
  installRuntime();
  const keys = `bench:${randomBytes(32).toString('base64')}`;
  const engines = await startEngines();
  const [app, engine, connections, bare, giamsat] = await Promise.all([
    openDatabase({ url: engines.urls.migrator }),
    openDatabase({ url: engines.urls.engine, poolSize: POOL }),
    connect(engines.temporal.address, keys),
    bundleWorkflows({ workflowsPath: fileURLToPath(new URL('./bare/workflows.ts', import.meta.url)), preload: [] }),
    bundleWorkflows(),
  ]);
  const rows = await rowTable(engines.adminUrl);
  const activities = {
    bare: rows.activities,
    giamsat: { ...streamActivities(engine), ...launchActivities(engine, connections.own) },
  };
  const bundles = { bare, giamsat };
  const workers = await Promise.all(
    (['bare', 'giamsat'] as const).map((arm) =>
      startWorker(connections.native, keys, {
        taskQueue: arm === 'bare' ? BARE_QUEUE : TASK_QUEUE,
        workflowBundle: bundles[arm],
        activities: activities[arm],
      }),
    ),
  );
  return {
    ...connections,
    keys,
    engines,
    app,
    engine,
    bundles,
    cpu: () => cpuOf({ temporal: engines.temporal.child.pid, postgres: engines.postgres.child.pid }),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await Promise.all([connections.close(), app.destroy(), engine.destroy(), rows.close()]);
      await engines.stop();
    },
  };
}

/** The bare arm's commit: one prepared statement, one row. */
async function rowTable(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: POOL, idleTimeoutMillis: IDLE_MS });
  pool.on('error', () => undefined); // the server ends before the last socket does
  await pool.query('CREATE TABLE bare_row (id text PRIMARY KEY, body text NOT NULL)');
  const activities: RowActivities = {
    async insertRow({ id, body }) {
      const text = 'INSERT INTO bare_row VALUES ($1, $2) ON CONFLICT DO NOTHING';
      await pool.query({ name: 'insert-row', text, values: [id, body] });
      return { written: true };
    },
  };
  return { activities, close: () => pool.end() };
}
