import type { Register } from '../cli/io.js';
import { register as office } from './office.js';
import { register as org } from './org.js';
import { register as people } from './people.js';

/** The register of units, people and offices. */
export const commands: Register[] = [org, people, office];
