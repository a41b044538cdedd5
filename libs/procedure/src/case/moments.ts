import { instantMs, type Instant } from '../civil/instant.js';
import { deadlineOf, isSuspended } from './deadline.js';
import type { StepKey, When } from './commands.js';
import { progressOf, type Progress, type StepProgress } from './progress.js';
import { isRunning, plannedRungs, type PlannedRung } from './rungs.js';
import type { CaseState } from './state.js';
import { endOf, nextWorkingMoment, isMoment } from './when.js';

/** More than this past its planned moment, and a rung is late by our fault (design §3.10). */
const OUTAGE_AFTER_MS = 15 * 60_000;

interface Overdue {
  step: StepKey;
  entry: StepProgress;
  due: When;
  at: Instant;
}

/** The next moment at which anything must happen by itself; null when nothing will. */
export function nextMoment(state: CaseState): Instant | null {
  if (state.ended) return null;
  const progress = progressOf(state);
  let next: Instant | null = null;
  for (const { at } of [...overdueMoments(progress), ...allPlanned(progress)])
    if (next === null || at < next) next = at;
  return next;
}

export function allPlanned(progress: Progress): PlannedRung[] {
  return [...progress.steps.values()].flatMap((entry) => plannedRungs(progress, entry));
}

/** Overdue begins at 00:00 after the due day, or at the due moment itself where seconds count. */
function overdueMoments(progress: Progress): Overdue[] {
  const { state } = progress;
  if (state.opening.historical || isSuspended(progress)) return [];
  return [...progress.steps.values()].flatMap((entry) => {
    const due = state.dues[entry.key]?.due;
    if (!due || !isRunning(progress, entry) || state.overdue[entry.key] === due) return [];
    return deadlineOf(progress, entry).due === due
      ? [{ step: entry.key, entry, due, at: endOf(state.calendar, due) }]
      : [];
  });
}

/** What the passing of a moment records. Pure data; `decide` numbers it. */
export type MomentEvent =
  | { type: 'overdueBegan'; step: StepKey; due: When }
  | { type: 'rungDue'; planned: PlannedRung; cause: 'planned' | 'outage' | 'late-entry' | 'proof'; send: Instant }
  | { type: 'rungHeld'; planned: PlannedRung }
  | { type: 'rungPassed'; planned: PlannedRung };

/**
 * Everything planned for this moment or before. Of one step only the highest notice goes out: missed ones collapse into it
 * (§4.6). The ladder never jumps, because each of its rungs is planned only after proof of the one before.
 */
export function dueAt(progress: Progress, now: Instant): MomentEvent[] {
  const { state } = progress;
  const events: MomentEvent[] = overdueMoments(progress)
    .filter(({ at }) => at <= now)
    .map(({ step, due }) => ({ type: 'overdueBegan', step, due }));
  for (const entry of progress.steps.values()) {
    const due = plannedRungs(progress, entry)
      .filter(({ at }) => at <= now)
      .sort((a, b) => a.rung.offset.n - b.rung.offset.n);
    const last = due.findLast(({ fires }) => fires === 'notice');
    for (const planned of due) {
      if (planned.fires === 'hold') events.push({ type: 'rungHeld', planned });
      else if (planned !== last) events.push({ type: 'rungPassed', planned });
      else {
        const isOutage = planned.cause === 'planned' && instantMs(now) - instantMs(planned.at) > OUTAGE_AFTER_MS;
        const send = isMoment(planned.due) ? now : nextWorkingMoment(state.calendar, now);
        events.push({ type: 'rungDue', planned, cause: isOutage ? 'outage' : planned.cause, send });
      }
    }
  }
  return events;
}
