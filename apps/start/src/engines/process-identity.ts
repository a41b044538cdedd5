import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When the process with this id started, as text to compare; undefined when there is none or it is only waiting to be
 * reaped. A process id alone is reused; with its start it names one process.
 */
export function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startOnLinux(pid) : ps(pid, 'lstart=');
}

/** The name of its program. */
export function commandOf(pid: number): string | undefined {
  return process.platform === 'linux' ? read(`/proc/${pid}/comm`)?.trim() : ps(pid, 'comm=');
}

function startOnLinux(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the name in brackets and may hold blanks and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return undefined;
  // Ticks count from the machine's start, so they need its identity.
  return `${read('/proc/sys/kernel/random/boot_id')?.trim()}:${startTicks}`;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', column, '-p', `${pid}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
