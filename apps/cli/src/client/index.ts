import type { Register } from '../cli/io.js';
import { register as campaign } from './campaign.js';
import { register as caseCommands } from './case.js';
import { register as paper } from './paper.js';
import { registerDuties } from './reads.js';
import { register as session } from './session.js';

/** Commands that speak with the server. */
export const commands: Register[] = [session, campaign, registerDuties, caseCommands, paper];
