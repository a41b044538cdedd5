import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Stop } from './exit.js';

/** The bytes of a file that the user named; what goes wrong names it too, which Node forgets to do for a folder. */
export function readInput(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

export const readText = (file: string): string => readInput(file).toString('utf8');

/** @throws Stop when there is no such folder */
export function refuseFolder(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder))
    throw new Stop('usage', { vi: `Không có thư mục ${folder}.`, en: `There is no folder ${folder}.` });
}

export function writeOutput(file: string, bytes: Buffer): void {
  refuseFolder(file);
  writeFileSync(file, bytes);
}
