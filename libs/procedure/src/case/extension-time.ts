import { workingDaysBetween } from '../calendar/counting.js';
import { instantMs } from '../civil/instant.js';
import type { Span } from '../definition/definition.js';
import type { When } from './commands.js';
import { effectiveOn, type Extension, type Progress, type StepProgress } from './progress.js';
import type { Deadline } from './state.js';
import { countFrom, finish } from './terms.js';
import { dayOf, endOf, isAfterDue, isMoment, laterOf, startOf } from './when.js';

export const askedOn = ({ asked }: Extension): When | undefined => asked.dates.sent ?? asked.dates.received;

/** The requests that bear on these terms of a step: made for it while they ran, or for another step of the same limit. */
export function requestsFor(progress: Progress, entry: StepProgress, first: number, last: number): Extension[] {
  const from = entry.terms[first]?.began?.seq ?? 0;
  const to = entry.terms[last + 1]?.began?.seq ?? Infinity;
  return [...progress.extensions.values()].filter(
    ({ step, asked }) =>
      (step === entry.key && asked.seq > from && asked.seq < to) || sharesLimit(progress, step, entry),
  );
}

/** A step whose own count is the cap itself (field work) moves with another one of the kind. */
function sharesLimit(progress: Progress, key: string, entry: StepProgress): boolean {
  const other = progress.steps.get(key);
  const isCapCount = ({ step }: StepProgress): boolean =>
    step.cap !== undefined && step.due.some((rule) => rule.kind === 'count-by-level');
  return (
    key !== entry.key &&
    other?.step.cap !== undefined &&
    other.step.cap === entry.step.cap &&
    isCapCount(other) &&
    isCapCount(entry)
  );
}

/**
 * The deadline after the requests were answered, in their order. Granted: recounted from its anchor. Asked in time and left
 * waiting: the days that were left when it was asked are left when it is answered, so that the wait is the decider's.
 */
export function extend(progress: Progress, requests: Extension[], base: Deadline): Deadline {
  let deadline = base;
  const granted: Span[] = [];
  for (const request of requests) {
    if (!request.decided || deadline.due === null) continue;
    const waited = kept(progress, request, deadline);
    if (request.decided.granted && request.span) {
      granted.push(request.span);
      deadline = {
        ...lengthen(progress, base, granted),
        extension: { request: request.request, by: request.span },
      };
    }
    const { due } = deadline;
    if (waited !== null && due !== null && laterOf(progress.state.calendar, due, waited) !== due)
      deadline = { ...deadline, due: waited, rolledFrom: undefined };
  }
  return deadline;
}

/** n + extension from the same anchor (design §3.18); a fixed date, and what was given in other units, moves by itself. */
export function lengthen(progress: Progress, base: Deadline, given: Span[]): Deadline {
  const { anchor, span } = base;
  const counted = anchor && span;
  const same = given.filter(({ unit }) => unit === counted?.unit).reduce((sum, { n }) => sum + n, 0);
  let deadline = base;
  if (counted && same > 0)
    deadline = finish(progress, base, countFrom(progress, { ...counted, n: counted.n + same }, anchor.on));
  for (const more of given)
    if (deadline.due !== null && more.unit !== counted?.unit)
      deadline = finish(progress, deadline, countFrom(progress, more, deadline.due));
  return deadline;
}

/** The date that the wait alone gives; null when it was not asked in time. */
function kept(progress: Progress, request: Extension, { due }: Deadline): When | null {
  const cal = progress.state.calendar;
  const asked = askedOn(request);
  const decided = request.decided && effectiveOn(request.decided.dates);
  if (!asked || !decided || due === null || isAfterDue(cal, asked, due)) return null;
  const left = rest(progress, asked, due);
  const answered = countFrom(progress, left, left.unit === 's' ? startOf(cal, decided) : dayOf(cal, decided)).due;
  // An answer that came when the time was over gives the days granted after it, or it would give nothing at all.
  const isGiven = request.decided?.granted && request.span && endOf(cal, decided) > endOf(cal, due);
  return isGiven && answered !== null ? countFrom(progress, request.span!, answered).due : answered;
}

/** What was left of the time when it was asked for more. */
function rest(progress: Progress, asked: When, due: When): Span {
  const cal = progress.state.calendar;
  if (isMoment(due)) return { n: (instantMs(due) - instantMs(startOf(cal, asked))) / 1000, unit: 's' };
  return { n: workingDaysBetween(cal, dayOf(cal, asked), due), unit: 'wd' };
}
