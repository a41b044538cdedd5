import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOf } from './engines/process-identity.js';
import { Fault } from './fault.js';
import { isRunning } from './processes.js';

interface Holder {
  pid: number;
  started: string;
}

/**
 * Takes the home folder for this process. A lock whose holder is gone counts for nothing.
 * @returns what gives the folder back
 * @throws Fault when another copy runs on the folder
 */
export function lockHome(home: string): () => void {
  const lock = join(home, 'starter.lock');
  const mine = join(home, `starter.lock.${randomUUID()}`);
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  try {
    while (!tryLink(mine, lock)) refuseOrClear(lock, home);
  } finally {
    rmSync(mine);
  }
  return () => rmSync(lock, { force: true });
}

/** A hard link appears whole or not at all, and never in place of another. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refuseOrClear(lock: string, home: string): void {
  const text = readIfThere(lock);
  if (text === undefined) return;
  const holder = parse(text);
  if (holder && isRunning(holder)) throw alreadyRunning(home, holder.pid);
  // Two starters may both have read the stale lock: moved away, not removed, so that the slower one sees what it took.
  const aside = `${lock}.${randomUUID()}`;
  if (!renameIfThere(lock, aside)) return;
  if (readIfThere(aside) !== text) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function renameIfThere(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

const alreadyRunning = (home: string, pid: number): Fault =>
  new Fault(
    `Giám sát đang chạy trên thư mục ${home} (tiến trình ${pid}): hãy dùng bản đó, hoặc đặt GIAMSAT_HOME là thư mục khác.`,
    `giamsat is already running on ${home} (process ${pid}): use that one, or set GIAMSAT_HOME to another folder.`,
  );
