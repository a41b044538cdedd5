import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOf } from '../../../apps/start/src/engines/process-identity.js';
import type { ProcessRecord } from '../../../apps/start/src/processes.js';

/** One home folder for a test; `remove` ends whatever still runs on it. */
export function makeHome() {
  const path = mkdtempSync(join(tmpdir(), 'giamsat-home-'));
  chmodSync(path, 0o711);
  const read = (name: string): string => readFileSync(join(path, name), 'utf8');
  const recorded = (): ProcessRecord[] => {
    try {
      return JSON.parse(read('processes.json')) as ProcessRecord[];
    } catch {
      return [];
    }
  };
  const remove = (): void => {
    for (const { pid, started } of recorded()) if (startOf(pid) === started) process.kill(-pid, 'SIGKILL');
    rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  };
  return {
    path,
    read,
    recorded,
    remove,
    running: () => recorded().filter(({ pid, started }) => startOf(pid) === started),
    environment: () => JSON.parse(read('environment.json')) as Record<string, string>,
  };
}

export type Home = ReturnType<typeof makeHome>;

export interface StarterRun {
  readonly process: ChildProcess;
  readonly pid: number;
  /** Everything it printed so far. */
  output(): string;
  /** Fails with the output when the starter ends first. */
  isUp(): Promise<void>;
  /** The exit code, or the signal. */
  ended(): Promise<number | string>;
}

/** Runs the starter with the application of two small processes, every port chosen freely unless `settings` say otherwise. */
export function runStarter(home: Home, settings: NodeJS.ProcessEnv = {}): StarterRun {
  const root = join(import.meta.dirname, '..', '..', '..');
  const anyPort = ['API', 'WORKER', 'TEMPORAL', 'UI', 'PG'].map((what) => [`GIAMSAT_${what}_PORT`, '0']);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_OPTIONS: '',
    TSX_TSCONFIG_PATH: 'test/tsconfig.json',
    GIAMSAT_HOME: home.path,
    ...Object.fromEntries(anyPort),
    ...settings,
  };
  const script = join(import.meta.dirname, 'starter.ts');
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script], { cwd: root, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    process: child,
    pid: child.pid as number,
    output: () => text,
    ended: () => exited,
    isUp: () =>
      new Promise((resolve, reject) => {
        child.stdout.on('data', () => text.includes('all runs') && resolve());
        void exited.then((how) => reject(new Error(`the starter ended with ${how}:\n${text}`)));
      }),
  };
}
