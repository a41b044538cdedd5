import { accessSync, chmodSync, constants, existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from './fault.js';

/** Makes the folder that holds everything and checks that it can be written. */
export function openHome(home: string): void {
  try {
    mkdirSync(join(home, 'logs'), { recursive: true });
    // Postgres, which as root we run as another user, must walk through; nobody else may look.
    chmodSync(home, 0o711);
    accessSync(home, constants.W_OK);
  } catch (error) {
    throw new Fault(
      `Không ghi được vào thư mục ${home}: hãy sửa quyền của nó hoặc đặt GIAMSAT_HOME là thư mục khác.`,
      `The folder ${home} cannot be written: correct its rights or set GIAMSAT_HOME to another folder.`,
      (error as Error).message,
    );
  }
}

/** A full disk would stop Postgres and Temporal half-way through a write. */
export async function checkSpace(home: string, wantedMb: number): Promise<void> {
  const { bavail, bsize } = await statfs(home);
  const freeMb = Math.floor((bavail * bsize) / 1_000_000);
  if (freeMb >= wantedMb) return;
  throw new Fault(
    `Đĩa chứa ${home} chỉ còn ${freeMb} MB, cần ${wantedMb} MB: hãy dọn đĩa hoặc đặt GIAMSAT_HOME trên đĩa khác.`,
    `The disk of ${home} has ${freeMb} MB left of the ${wantedMb} MB needed: free some or set GIAMSAT_HOME on another disk.`,
  );
}

/** A file for our eyes only that is there whole or not at all. */
export function writeWhole(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const LARGEST_LOG_BYTES = 10_000_000;

/** Where a process writes; a large file of earlier runs is put aside first, so that at most two are kept. */
export function logFile(home: string, name: string): string {
  const file = join(home, 'logs', `${name}.log`);
  if (existsSync(file) && statSync(file).size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  return file;
}
