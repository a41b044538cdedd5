import type { Command } from './commands.js';
import type { Progress } from './progress.js';
import { no, type Refusal } from './refusals.js';

/** Waves of a campaign by what became of them. */
export function wavesOf(progress: Progress): Map<number, 'launching' | 'standing' | 'withdrawn'> {
  const waves = new Map<number, 'launching' | 'standing' | 'withdrawn'>();
  for (const fact of progress.facts) {
    if (fact.type === 'waveLaunched') waves.set(fact.data.wave, 'launching');
    if (fact.type === 'launchCompleted') waves.set(fact.data.wave, 'standing');
    if (fact.type === 'waveWithdrawn') waves.set(fact.data.wave, 'withdrawn');
  }
  return waves;
}

/** Rules of a campaign's life (design §3.9): nothing is amended while a wave starts, nothing starts before the team is formed. */
export function campaignCheck(progress: Progress, command: Command): Refusal | null {
  if (progress.state.opening.scope !== 'campaign') return null;
  const waves = wavesOf(progress);
  const isLaunching = [...waves.values()].includes('launching');
  switch (command.type) {
    case 'launchWave':
      if (isLaunching) return no('LAUNCH_IN_PROGRESS');
      if (waves.has(command.wave)) return no('WAVE_UNKNOWN', { wave: command.wave, state: waves.get(command.wave)! });
      return isFormed(progress) ? null : no('CAMPAIGN_NOT_READY', { missing: 'team' });
    case 'completeLaunch':
      return waves.get(command.wave) === 'launching' ? null : no('WAVE_UNKNOWN', { wave: command.wave });
    case 'withdrawWave':
      return waves.get(command.wave) === 'standing' ? null : no('WAVE_UNKNOWN', { wave: command.wave });
    case 'closeCampaign': {
      const report = progress.state.procedure.steps.findLast((step) => step.scope === 'campaign');
      if (report && !progress.steps.get(report.id)?.met) return no('CAMPAIGN_NOT_READY', { missing: report.id });
      return command.open > 0 ? no('CASES_OPEN', { open: command.open }) : null;
    }
    case 'addSubject':
    case 'withdrawSubject':
    case 'changeTeam':
    case 'amendPlan':
    case 'applyCalendar':
    case 'applyProcedure':
    case 'cancel':
      return isLaunching ? no('LAUNCH_IN_PROGRESS') : null;
    default:
      return null;
  }
}

/** Every campaign step before the first case step must be done: the mandate of the cases. */
function isFormed(progress: Progress): boolean {
  const steps = progress.state.procedure.steps;
  const firstOfCase = steps.findIndex((step) => step.scope === 'case');
  return steps.slice(0, firstOfCase).every((step) => step.scope !== 'campaign' || progress.steps.get(step.id)?.met);
}
