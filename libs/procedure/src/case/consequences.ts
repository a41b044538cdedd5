import type { CommandType, When } from './commands.js';
import { deadlineOf, termDeadline } from './deadline.js';
import type { Recorder } from './decide.js';
import type { CaseEvent, DueCause, RungKey } from './events.js';
import { isEntered, progressOf, type Progress, type StepProgress } from './progress.js';
import { isRunning } from './rungs.js';
import type { CaseState, RungRecord } from './state.js';
import { countsInSeconds, dayOf, startOf } from './when.js';

const CAUSES: Partial<Record<CommandType, DueCause>> = {
  requestExtension: 'extension',
  decideExtension: 'extension',
  suspend: 'suspension',
  resume: 'suspension',
  correctEntry: 'correction',
  applyCalendar: 'calendar',
  applyProcedure: 'procedure',
  amendPlan: 'plan',
  recallDelivery: 'recall',
};

/** Records what is in force after the fact: the end of the case, notices that turn out unfounded, dues that moved. */
export function consequences(recorder: Recorder, before: CaseState | null, command: CommandType | 'open'): void {
  recordEnd(recorder);
  if (before && command !== 'open') recordUnfounded(recorder, before, command);
  if (!recorder.state.ended) recordDues(recorder, command === 'open' ? 'opened' : (CAUSES[command] ?? 'act'));
}

function recordEnd(recorder: Recorder): void {
  const how = recorder.state.ended ? null : endOfStream(progressOf(recorder.state));
  if (how) recorder.add('caseEnded', { how });
}

/** How the facts end the stream; null while it goes on. */
export function endOfStream(progress: Progress): CaseState['ended'] {
  const { scope } = progress.state.opening;
  const has = (type: CaseEvent['type']): boolean => progress.facts.some((fact) => fact.type === type);
  const own = [...progress.steps.values()].filter(({ step, met }) => met && step.scope === scope);
  const isEnded = own.some(({ step, met }) => step.outcomes[met?.outcome ?? '']?.effect === 'ends');
  // An outcome that ends a case concludes it; one that ends a campaign takes its plan away.
  if (has('cancelled') || (isEnded && scope === 'campaign')) return 'cancelled';
  if (has('closedWithoutConclusion')) return 'without-conclusion';
  return has('campaignClosed') || isEnded || own.some(({ step }) => step.final) ? 'closed' : null;
}

/** One event per due that differs from the one on record, so that the record always equals the derivation. */
function recordDues(recorder: Recorder, cause: DueCause): void {
  const progress = progressOf(recorder.state);
  for (const entry of progress.steps.values()) {
    if (!isRunning(progress, entry)) continue;
    const { due, force, provisional } = deadlineOf(progress, entry);
    const known = recorder.state.dues[entry.key];
    if (known && known.due === due && known.force === force && known.provisional === provisional) continue;
    recorder.add('dueSet', { step: entry.key, due, force, provisional, was: known?.due ?? null, cause });
  }
}

export const dueOfRung = (key: RungKey, record: RungRecord): When =>
  key.slice(record.step.length + 1, -(record.id.length + 1));

/**
 * A notice that went out before the truth was entered is taken back towards everyone who got it (§4.2): the step had been
 * done by then, or the due it spoke of was never the true one. A due that moved by a later act leaves old notices right.
 */
function recordUnfounded(recorder: Recorder, before: CaseState, command: CommandType): void {
  const fact = recorder.events[0];
  if (!fact) return;
  const after = progressOf(recorder.state);
  const isRevision = command === 'correctEntry' || command === 'recallDelivery';
  const mark = markOf(before);
  const since = Object.values(fact.dates).map(mark).sort()[0];
  for (const [key, record] of Object.entries(before.rungs)) {
    const entry = after.steps.get(record.step);
    if (record.state !== 'due' || !entry) continue;
    const fired = mark(record.at);
    if (!isRevision && !(since !== undefined && since < fired)) continue;
    if (!isUnfounded(after, entry, dueOfRung(key, record), fired, before)) continue;
    const why = command === 'correctEntry' ? 'corrected' : command === 'recallDelivery' ? 'recalled' : 'entered-late';
    recorder.add('rungUnfounded', { rung: key, step: record.step, id: record.id, to: record.to, why });
  }
}

/** Days are compared with days; in a procedure counted in seconds, moments with moments. */
const markOf = ({ procedure, calendar }: CaseState): ((when: When) => string) =>
  countsInSeconds(procedure) ? (when) => startOf(calendar, when) : (when) => dayOf(calendar, when);

function isUnfounded(after: Progress, entry: StepProgress, due: When, fired: string, before: CaseState): boolean {
  const mark = markOf(before);
  if (!isEntered(after, entry)) return true;
  const known = progressOf(before);
  const former = known.steps.get(entry.key);
  // The notice spoke of the term that had this due; one whose due has moved since spoke of the last.
  const spoken = former?.terms.findLastIndex((_, index) => termDeadline(known, former, index).due === due) ?? -1;
  const term = Math.min(spoken < 0 ? Infinity : spoken, entry.terms.length - 1);
  const done = entry.terms[term]?.done?.dates[entry.step.timely];
  if (done !== undefined && mark(done) < fired) return true;
  const judged = termDeadline(after, entry, term).due;
  if (before.dues[entry.key]?.due !== due || judged === due) return false;
  return done === undefined || (judged !== null && mark(judged) >= fired);
}
