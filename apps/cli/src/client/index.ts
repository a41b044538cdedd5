import type { Register } from '../cli/io.js';
import { register as caseCommands } from './case.js';
import { register as paper } from './paper.js';
import { registerCampaign, registerDuties } from './reads.js';
import { register as session } from './session.js';

const campaign: Register = (program, io) => {
  const group = program.command('campaign').description(io.say({ vi: 'Các cuộc giám sát', en: 'Campaigns' }));
  registerCampaign(group, io);
};

/** Commands that speak with the server. */
export const commands: Register[] = [session, campaign, registerDuties, caseCommands, paper];
