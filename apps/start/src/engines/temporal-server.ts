import { Connection } from '@temporalio/client';
import { Fault } from '../fault.js';
import { lastLines, startChild, type Child } from './child.js';
import { freePort } from './ports.js';
import { Stop, waitUntil } from './wait-until.js';

export interface TemporalOptions {
  /** Told the process group at once, before the server is ready. */
  readonly onSpawn?: (pid: number) => void;
  readonly binary: string;
  /** The SQLite file; without it nothing outlives the process. */
  readonly dbFile?: string;
  readonly logFile: string;
  readonly namespace: string;
  readonly port?: number;
  /** Without a port the server has no web page. */
  readonly uiPort?: number;
  /** Values as JSON: `{ 'frontend.rps': '100000' }`. */
  readonly dynamicConfig?: Readonly<Record<string, string>>;
  readonly retentionDays?: number;
}

export interface TemporalServer {
  readonly child: Child;
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts the development server and returns once its namespace answers with the retention asked for. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const port = options.port ?? (await freePort());
  const child = await startChild({ ...options, command: options.binary, args: argumentsOf(options, port) });
  const address = `127.0.0.1:${port}`;
  const stop = () => child.stop('SIGTERM', 5_000);
  try {
    await waitUntil(() => prepareNamespace(child, address, options), 60_000, notReady(options.logFile));
  } catch (error) {
    await stop();
    throw error;
  }
  return { child, address, stop };
}

function argumentsOf(options: TemporalOptions, port: number): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`, '--namespace', options.namespace];
  args.push('--log-level', 'warn');
  args.push(...(options.uiPort ? ['--ui-port', `${options.uiPort}`, '--ui-disable-news-fetch'] : ['--headless']));
  if (options.dbFile) {
    // Twice the starts per second of the default journal, and still durable against a crash of the process.
    args.push('--db-filename', options.dbFile);
    args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  }
  for (const [key, value] of Object.entries(options.dynamicConfig ?? {})) {
    args.push('--dynamic-config-value', `${key}=${value}`);
  }
  return args;
}

/** The server creates the namespace while it starts, and keeps closed histories for 24 hours unless told otherwise. */
async function prepareNamespace(child: Child, address: string, options: TemporalOptions): Promise<true> {
  if (child.ending() !== undefined) throw new Stop(notReady(options.logFile)(child.ending()));
  const connection = await Connection.connect({ address, connectTimeout: 2_000 });
  try {
    const { namespace } = options;
    await connection.workflowService.describeNamespace({ namespace });
    const seconds = (options.retentionDays ?? 90) * 86_400;
    await connection.workflowService.updateNamespace({
      namespace,
      // The generated types ask for a Long; the encoder takes a number just as well.
      config: { workflowExecutionRetentionTtl: { seconds: seconds as unknown as Long } },
    });
    return true;
  } finally {
    await connection.close();
  }
}

const notReady =
  (logFile: string) =>
  (last: unknown): Fault =>
    new Fault(
      `Temporal không khởi động được (${String(last)}): hãy xem ${logFile}.`,
      `Temporal did not start (${String(last)}): see ${logFile}.`,
      lastLines(logFile),
    );
