import { readFileSync } from 'node:fs';

/** The bytes of a file that the user named; what goes wrong names it too, which Node forgets to do for a folder. */
export function readInput(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

export const readText = (file: string): string => readInput(file).toString('utf8');
