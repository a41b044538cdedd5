import { spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, ROLES, roleUrl, type Role } from '@giamsat/database';
import {
  startPostgres,
  startTemporal,
  temporalBinary,
  type PostgresServer,
  type TemporalServer,
} from '../../../apps/start/src/engines/index.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');
export const CACHE = process.env.GIAMSAT_CACHE ?? join(ROOT, '.giamsat', 'bin');
export const NAMESPACE = 'giamsat';

/** Rate limits of the development server, raised so that a run measures work and not waiting. */
export const NO_LIMITS = Object.fromEntries(
  ['frontend.rps', 'frontend.namespaceRPS', 'frontend.namespaceCount', 'matching.rps', 'history.rps'].map((key) => [
    key,
    '1000000',
  ]),
);

export interface Engines {
  readonly folder: string;
  postgres: PostgresServer;
  temporal: TemporalServer;
  readonly urls: Readonly<Record<Role, string>>;
  /** Superuser url of the migrated database. */
  readonly adminUrl: string;
  /** Same port, same data. */
  restartPostgres(): Promise<void>;
  restartTemporal(): Promise<void>;
  stop(): Promise<void>;
}

/** Servers of this run's own, as `npm start` runs them, gone with this process however it ends. */
export async function startEngines(): Promise<Engines> {
  const folder = await mkdtemp(join(tmpdir(), 'giamsat-lab-'));
  await chmod(folder, 0o711); // Postgres runs as another user when we are root.
  const janitor = spawn(process.execPath, [join(ROOT, 'test', 'support', 'janitor.mjs'), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  janitor.unref();
  const onSpawn = (pid: number): void => void janitor.stdin!.write(`${pid}\n`);
  const binary = (await temporalBinary(CACHE)).path;
  const postgresOn = (port?: number) =>
    startPostgres({
      onSpawn,
      folder: join(folder, 'postgres'),
      logFile: join(folder, 'pg.log'),
      password: 'lab',
      port,
    });
  const temporalOn = (port?: number) =>
    startTemporal({
      onSpawn,
      binary,
      port,
      dbFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      namespace: NAMESPACE,
      dynamicConfig: NO_LIMITS,
    });
  const [postgres, temporal] = await Promise.all([postgresOn(), temporalOn()]);
  const passwords = Object.fromEntries(ROLES.map((role) => [role, `${role}-lab`])) as Record<Role, string>;
  await migrate({ url: postgres.url, passwords });
  const engines: Engines = {
    folder,
    postgres,
    temporal,
    adminUrl: postgres.url,
    urls: Object.fromEntries(
      ROLES.map((role) => [role, roleUrl(postgres.url, role, passwords[role])]),
    ) as Engines['urls'],
    async restartPostgres() {
      engines.postgres = await postgresOn(postgres.port);
    },
    async restartTemporal() {
      engines.temporal = await temporalOn(Number(temporal.address.split(':')[1]));
    },
    async stop() {
      await Promise.all([engines.temporal.stop(), engines.postgres.stop()]);
      const gone = new Promise((resolve) => janitor.once('exit', resolve));
      janitor.ref();
      janitor.stdin!.end();
      await gone;
    },
  };
  return engines;
}
