import type { Register } from '../cli/io.js';
import { register as calendar } from './calendar.js';
import { register as notice } from './notice.js';
import { register as procedure } from './procedure.js';

/** Commands that need no server. */
export const commands: Register[] = [procedure, calendar, notice];
