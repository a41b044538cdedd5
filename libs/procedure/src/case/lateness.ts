import { workingDaysBetween } from '../calendar/counting.js';
import { instantMs, type Instant } from '../civil/instant.js';
import type { When } from './commands.js';
import { deadlineOf, isSuspended, termDeadline } from './deadline.js';
import { isEntered, type Progress, type StepProgress } from './progress.js';
import type { Deadline, StepView } from './state.js';
import { dateOf, dayOf, isAfterDue, isMoment } from './when.js';

type Lateness = NonNullable<StepView['lateness']>;

/** How late a step is: a breach of a binding due before a mark of our own, and of equals the latest (design §4.1, §4.9). */
export function latenessOf(progress: Progress, entry: StepProgress, now: Instant): Lateness | null {
  const { calendar, procedure, ended } = progress.state;
  const isOwed = entry.turn === 'debtor' && !ended && !isSuspended(progress) && isEntered(progress, entry);
  const running = isOwed && lateness(progress, deadlineOf(progress, entry), dateOf(procedure, calendar, now));
  const all = [...pastLateness(progress, entry), ...(running ? [running] : [])].reverse();
  return all.find(({ kind }) => kind === 'late') ?? all[0] ?? null;
}

/** What the acts themselves show, each by the due of its own term: no day that passes changes it. */
export function pastLateness(progress: Progress, entry: StepProgress): Lateness[] {
  return entry.terms.flatMap(({ done }, term) => {
    const on = done?.dates[entry.step.timely];
    return (on !== undefined && lateness(progress, termDeadline(progress, entry, term), on)) || [];
  });
}

function lateness(progress: Progress, { due, force }: Deadline, on: When): Lateness | null {
  const cal = progress.state.calendar;
  if (due === null || !isAfterDue(cal, on, due)) return null;
  const days = isMoment(due)
    ? Math.ceil((instantMs(on) - instantMs(due)) / 86_400_000)
    : workingDaysBetween(cal, due, dayOf(cal, on));
  return { kind: force === 'binding' ? 'late' : 'past-mark', since: due, days };
}
