import type { Register } from '../cli/io.js';

export const commands: Register[] = [];
