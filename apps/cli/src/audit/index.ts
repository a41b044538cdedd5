import type { Register } from '../cli/io.js';
import { register as replay } from './replay.js';

/** Checks of the record, with the auditor's own connection. */
export const commands: Register[] = [replay];
