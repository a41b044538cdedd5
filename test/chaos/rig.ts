import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { migrate, ROLES, roleUrl, type Role } from '@giamsat/database';
import { bundleWorkflows } from '@giamsat/workflows/bundle';
import {
  freePort,
  startPostgres,
  startTemporal,
  temporalBinary,
  type PostgresServer,
  type TemporalServer,
} from '../../apps/start/src/engines/index.js';

/** What can be killed. */
export const VICTIMS = ['worker', 'api', 'temporal', 'postgres'] as const;
export type Victim = (typeof VICTIMS)[number];

const ROOT = new URL('../..', import.meta.url).pathname;
const PASSWORD = 'chaos';
/** Workflows a worker keeps: fewer than there are cases, so that some are always replayed from their history. */
export const CACHED = 4;

/** The whole installation, as `npm run build` made it, in processes that can be killed and comes back on the same port and data. */
export class Rig {
  private postgres!: PostgresServer;
  private temporal!: TemporalServer;
  private readonly apps = new Map<'worker' | 'api', ChildProcess>();
  private constructor(
    readonly folder: string,
    private readonly ports: Record<Victim, number>,
    private readonly binary: string,
    private readonly bundle: string,
    readonly environment: Record<string, string>,
  ) {}

  static async start(): Promise<Rig> {
    const folder = await mkdtemp(join(tmpdir(), 'giamsat-chaos-'));
    const [postgres, temporal, api] = [await freePort(), await freePort(), await freePort()];
    const worker = await freePort();
    const admin = `postgresql://postgres:${PASSWORD}@127.0.0.1:${postgres}/postgres`;
    const bundle = join(folder, 'workflow-bundle.js');
    await writeFile(bundle, (await bundleWorkflows()).code);
    const attestKeys = `chaos:${randomBytes(32).toString('base64')}`;
    const environment: Record<string, string> = {
      ...Object.fromEntries(
        ROLES.map((role) => [`DATABASE_URL_${role.toUpperCase()}`, roleUrl(admin, role, PASSWORD)]),
      ),
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal}`,
      TEMPORAL_NAMESPACE: 'default',
      GIAMSAT_PAYLOAD_KEY: `chaos:${randomBytes(32).toString('base64')}`,
      GIAMSAT_ATTEST_KEY: attestKeys,
      GIAMSAT_API_PORT: `${api}`,
      GIAMSAT_WORKER_PORT: `${worker}`,
      GIAMSAT_MAIL_DIR: join(folder, 'mail'),
      GIAMSAT_WORKFLOW_BUNDLE: bundle,
      GIAMSAT_LOG_LEVEL: 'warn',
      GIAMSAT_WATCH_SECONDS: '2',
      GIAMSAT_CACHED_WORKFLOWS: `${CACHED}`,
      GIAMSAT_WORKFLOW_TASKS: `${CACHED / 2}`,
    };
    const binary = await temporalBinary(process.env.GIAMSAT_CACHE ?? join(ROOT, '.giamsat', 'bin'));
    const rig = new Rig(folder, { postgres, temporal, api, worker }, binary.path, bundle, environment);
    await rig.revive('postgres');
    await migrate({
      url: admin,
      passwords: Object.fromEntries(ROLES.map((role) => [role, PASSWORD])) as Record<Role, string>,
      attestKeys,
    });
    for (const victim of ['temporal', 'worker', 'api'] as const) await rig.revive(victim);
    return rig;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  get adminUrl(): string {
    return this.postgres.url;
  }

  /** Whether api and worker say that they work. */
  async isReady(): Promise<boolean> {
    const answers = [this.ports.api, this.ports.worker].map((port) => fetch(`http://127.0.0.1:${port}/readyz`));
    return Promise.all(answers).then(
      (all) => all.every(({ ok }) => ok),
      () => false,
    );
  }

  /** No process gets a chance to tidy up: SIGKILL, and for Postgres its own immediate shutdown. */
  async kill(victim: Victim): Promise<void> {
    const child = victim === 'postgres' || victim === 'temporal' ? undefined : this.apps.get(victim);
    if (child) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      return;
    }
    const server = victim === 'postgres' ? this.postgres : this.temporal;
    process.kill(server.child.pid, victim === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
    while (server.child.ending() === undefined) await pause(20);
  }

  async revive(victim: Victim): Promise<void> {
    const logFile = join(this.folder, `${victim}.log`);
    if (victim === 'postgres')
      this.postgres = await startPostgres({
        folder: join(this.folder, 'postgres'),
        logFile,
        password: PASSWORD,
        port: this.ports.postgres,
        settings: { max_connections: '200' },
      });
    else if (victim === 'temporal')
      this.temporal = await startTemporal({
        binary: this.binary,
        dbFile: join(this.folder, 'temporal.db'),
        logFile,
        namespace: 'default',
        port: this.ports.temporal,
      });
    else this.apps.set(victim, this.spawn(victim));
  }

  private spawn(app: 'worker' | 'api'): ChildProcess {
    const log = openSync(join(this.folder, `${app}.log`), 'a');
    const child = spawn(process.execPath, [join(ROOT, 'apps', app, 'dist', 'main.js')], {
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    // A worker or an api that gives up because a server was away is started again, as any supervisor would.
    child.once('exit', (code) => {
      if (code && this.apps.get(app) === child)
        setTimeout(() => this.apps.get(app) === child && this.apps.set(app, this.spawn(app)), 500);
    });
    return child;
  }

  /** `keeps`: the folder with its logs and data stays, for whoever looks for the cause of a fault. */
  async stop({ keeps = false } = {}): Promise<void> {
    const children = [...this.apps.values()];
    this.apps.clear();
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
    await this.temporal.stop();
    await this.postgres.stop();
    if (!keeps) await rm(this.folder, { recursive: true, force: true });
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
