import { existsSync } from 'node:fs';
import { chown, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import pg from 'pg';
import { Fault } from '../fault.js';
import { lastLines, startChild, type Child } from './child.js';
import { freePort } from './ports.js';
import { commandOf } from './process-identity.js';
import { postgresPrograms, postgresUser, reachableFolder, type PostgresUser } from './postgres-programs.js';
import { Stop, waitUntil } from './wait-until.js';

export interface PostgresOptions {
  /** Told the process group at once, before the server is ready. */
  readonly onSpawn?: (pid: number) => void;
  /** Holds `data/` and, where the packaged programs cannot be reached, a copy of them. */
  readonly folder: string;
  readonly logFile: string;
  readonly password: string;
  readonly port?: number;
  /** More `-c name=value` settings of the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface PostgresServer {
  readonly child: Child;
  readonly port: number;
  /** The cluster: below the folder asked for, unless the user `postgres` cannot walk there. */
  readonly data: string;
  /** Of the superuser `postgres`, database `postgres`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Postgres 18 on 127.0.0.1, creating the cluster the first time, and returns once it answers a query. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const user = await postgresUser();
  const folder = await reachableFolder(user, options.folder);
  const programs = await postgresPrograms(user, join(folder, 'programs'));
  const data = join(folder, 'data');
  await clearStaleLock(data);
  await initialise(programs, data, user, options.password);

  const port = options.port ?? (await freePort());
  // No unix socket: its folder may be missing or its path too long, and nobody here needs it.
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const args = [
    '-D',
    data,
    '-p',
    `${port}`,
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const command = join(programs, 'bin', 'postgres');
  const child = await startChild({
    command,
    args,
    cwd: data,
    logFile: options.logFile,
    onSpawn: options.onSpawn,
    ...user,
  });
  const url = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/postgres`;
  // SIGINT is Postgres's "fast" stop: open sessions end, everything committed is on disk.
  const stop = () => child.stop('SIGINT', 5_000);
  try {
    await waitUntil(() => answers(child, url), 60_000, notReady(options.logFile));
  } catch (error) {
    await stop();
    throw error;
  }
  return { child, port, data, url, stop };
}

/**
 * After a crash `postmaster.pid` may name a process id that belongs to somebody else by now; Postgres would refuse to start.
 * Whoever calls has ended the processes of the last start, so only a living Postgres counts.
 */
async function clearStaleLock(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number(text.split('\n', 1)[0]);
  if (commandOf(pid)?.includes('postgres')) {
    throw new Fault(
      `Một Postgres khác (tiến trình ${pid}) đang dùng ${data}: hãy dừng nó bằng \`kill -INT ${pid}\` rồi chạy lại.`,
      `Another Postgres (process ${pid}) is using ${data}: stop it with \`kill -INT ${pid}\` and start again.`,
    );
  }
  await rm(file);
}

/** Built beside and renamed when complete, so that a start killed half-way leaves nothing that looks like a cluster. */
async function initialise(programs: string, data: string, user: PostgresUser, password: string): Promise<void> {
  if (existsSync(data)) return;
  const folder = await mkdtemp(`${data}-new-`);
  try {
    await giveTo(user, folder);
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await giveTo(user, passwordFile);
    await runInitdb(programs, join(folder, 'data'), user, passwordFile);
    await rename(join(folder, 'data'), data);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function giveTo({ uid, gid }: PostgresUser, path: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

async function runInitdb(programs: string, data: string, user: PostgresUser, passwordFile: string): Promise<void> {
  const how = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const words = ['--encoding=UTF8', '--locale=C', '--builtin-locale=C.UTF-8', '--locale-provider=builtin'];
  await execa(join(programs, 'bin', 'initdb'), ['-D', data, ...how, ...words], {
    ...user,
    cwd: join(data, '..'),
  }).catch((error: { stderr?: string; shortMessage?: string }) => {
    throw new Fault(
      `Postgres không tạo được thư mục dữ liệu ${data}: hãy kiểm tra quyền ghi và dung lượng đĩa.`,
      `Postgres could not create its data folder ${data}: check that it can be written and that the disk has space.`,
      error.stderr || error.shortMessage,
    );
  });
}

async function answers(child: Child, url: string): Promise<true> {
  if (child.ending() !== undefined) throw new Stop(notReady(child.logFile)(child.ending()));
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const notReady =
  (logFile: string) =>
  (last: unknown): Fault =>
    new Fault(
      `Postgres không khởi động được (${String(last)}): hãy xem ${logFile}.`,
      `Postgres did not start (${String(last)}): see ${logFile}.`,
      lastLines(logFile),
    );
