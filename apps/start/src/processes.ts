import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { signalGroup } from './engines/child.js';
import { startOf } from './engines/process-identity.js';
import { writeWhole } from './home.js';

export interface ProcessRecord {
  readonly name: ProcessName;
  /** Also the id of its process group. */
  readonly pid: number;
  readonly started: string;
}

/** Each stands on those before it, so they end in the opposite order. */
const LAYERS = ['postgres', 'temporal', 'worker', 'api'] as const;

export type ProcessName = (typeof LAYERS)[number];

/** The processes a starter has running, kept in a file for the start after a `kill -9`. */
export class Processes {
  private records: ProcessRecord[] = [];

  constructor(private readonly file: string) {}

  /** Called at once after the spawn: what is not in the file cannot be found again. */
  add(name: ProcessName, pid: number): void {
    const started = startOf(pid);
    if (started === undefined) return;
    this.records.push({ name, pid, started });
    this.save();
  }

  /** Ends everything, what stands on others first. */
  async end(): Promise<void> {
    await endAll(this.records);
    this.records = [];
    rmSync(this.file, { force: true });
  }

  /** Ends what an earlier starter left behind; returns the names. */
  async endOrphans(): Promise<ProcessName[]> {
    const left = readRecords(this.file).filter(isRunning);
    await endAll(left);
    rmSync(this.file, { force: true });
    return left.map((record) => record.name);
  }

  private save(): void {
    writeWhole(this.file, JSON.stringify(this.records));
  }
}

function readRecords(file: string): ProcessRecord[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord[];
  } catch {
    return []; // None, or cut short by a full disk: then there is nothing to go by.
  }
}

export const isRunning = ({ pid, started }: Omit<ProcessRecord, 'name'>): boolean => startOf(pid) === started;

/** Four processes at this grace end within ten seconds even when none of them obeys. */
const GRACE_MS = 2_300;

/** What an obedient process leaves of its time, the next one may use. */
async function endAll(records: readonly ProcessRecord[]): Promise<void> {
  let latest = Date.now();
  const layer = ({ name }: ProcessRecord): number => LAYERS.indexOf(name);
  for (const record of records.toSorted((a, b) => layer(b) - layer(a))) {
    latest += GRACE_MS;
    await end(record, latest);
  }
}

async function end(record: ProcessRecord, latest: number): Promise<void> {
  // To Postgres SIGTERM means "when the last session has left" and SIGINT "now".
  if (isRunning(record)) signal(record.pid, record.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  while (isRunning(record)) {
    if (Date.now() > latest) signalGroup(record.pid, 'SIGKILL');
    await pause(25);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself a moment ago.
  }
}
