import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Receives stdout and stderr, appended. */
  readonly logFile: string;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  /** Told the process group as soon as there is one, long before the program is ready. */
  readonly onSpawn?: (pid: number) => void;
}

export interface Child {
  readonly pid: number;
  readonly logFile: string;
  /** How it ended, once it has. */
  readonly exited: Promise<string>;
  ending(): string | undefined;
  /** Sends `signal`, waits `graceMs`, then kills the whole process group. */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>;
}

/**
 * Starts a process in a process group of its own, so that Ctrl-C in the terminal reaches the starter alone and the starter
 * decides the order of stopping. Output goes to a file, not a pipe: the process outlives a killed starter unharmed.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openSync(options.logFile, 'a');
  const { command, args, cwd, env, uid, gid } = options;
  const started = spawn(command, args, { detached: true, stdio: ['ignore', log, log], cwd, env, uid, gid });
  closeSync(log);
  let ending: string | undefined;
  const exited = new Promise<string>((resolve) => {
    started.once('exit', (code, signal) => resolve((ending = signal ?? `exit code ${code}`)));
  });
  await new Promise<void>((resolve, reject) => {
    started.once('spawn', resolve);
    started.once('error', reject);
  });
  const pid = started.pid as number;
  options.onSpawn?.(pid);
  return {
    pid,
    logFile: options.logFile,
    exited,
    ending: () => ending,
    async stop(signal, graceMs) {
      if (ending !== undefined) return;
      process.kill(pid, signal);
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Signals a process group; false when it is gone already. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** The last lines a process wrote, to show beside "it did not start". */
export function lastLines(logFile: string, count = 5): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
