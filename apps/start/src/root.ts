import { join } from 'node:path';

/** The clone; the same from src and from dist. */
export const root = join(import.meta.dirname, '..', '..', '..');
