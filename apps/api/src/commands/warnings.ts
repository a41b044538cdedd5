import { type Warning, warningOf } from '@giamsat/contracts/http';
import { type CaseEvent, type CaseState, fold, project } from '@giamsat/procedure';

/** A measure that is as it should be. */
const SETTLED = new Set(['done', 'no-duty']);

/** What an official should know of an act that the rules let him do: he decides, and it is said. */
export function warningsOf(before: CaseState, after: CaseState, events: CaseEvent[], now: string): Warning[] {
  if (before.opening.scope !== 'case' || before.ended || !after.ended) return [];
  const open = project(before, events, now).measures.filter(({ state }) => !SETTLED.has(state)).length;
  return open === 0 ? [] : [warningOf('MEASURES_OPEN', { open })];
}

/** The same of an act that is on record: its answer is given again as it was. */
export function warningsOnRecord(events: CaseEvent[], commandId: string): Warning[] {
  const first = events.findIndex((event) => event.commandId === commandId);
  const last = events.findLastIndex((event) => event.commandId === commandId);
  if (first < 1) return [];
  const earlier = events.slice(0, first);
  return warningsOf(fold(earlier), fold(events.slice(0, last + 1)), earlier, events[first]!.at);
}
