import type { Register } from '../cli/io.js';
import { register as accounts } from './accounts.js';
import { register as alarms } from './alarms.js';
import { register as campaign } from './campaign.js';
import { register as caseCommands } from './case.js';
import { register as duties } from './duties.js';
import { register as measures } from './measures.js';
import { register as ownAccount } from './own-account.js';
import { register as paper } from './paper.js';
import { register as session } from './session.js';

/** Commands that speak with the server. */
export const commands: Register[] = [
  session,
  ownAccount,
  accounts,
  campaign,
  duties,
  caseCommands,
  measures,
  paper,
  alarms,
];
