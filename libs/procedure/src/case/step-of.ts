import type { StepKey } from './commands.js';
import { dutyOfMeasure } from './duties.js';
import type { CaseEvent } from './events.js';
import type { Progress } from './progress.js';

/** The step an event is about: named by itself, by its request, measure or entry, or by the rung it ends. */
export function stepOf(progress: Progress, { type, data }: CaseEvent): StepKey | undefined {
  if (type === 'entryCorrected') {
    const entry = progress.state.facts.find(({ seq }) => seq === data.entry);
    return entry && stepOf(progress, entry);
  }
  if (type === 'noticeEnded') return progress.state.rungs[data.rung]?.step;
  if (type === 'extensionDecided') return progress.extensions.get(data.request)?.step;
  if (type === 'paperRecorded') return data.about;
  if (type === 'measureJudged')
    return [...progress.steps.values()].find(({ step, item }) => step.per === 'measure' && item === data.measure)?.key;
  return 'step' in data ? data.step : undefined;
}

/** The same, and for a measure the report on it: what a unit must owe to read of it where several stand in the case. */
export const concernOf = (progress: Progress, event: CaseEvent): StepKey | undefined =>
  event.type === 'measureRecorded' ? dutyOfMeasure(progress, event.data.measure)?.key : stepOf(progress, event);
