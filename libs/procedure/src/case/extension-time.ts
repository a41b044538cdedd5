import { workingDaysBetween } from '../calendar/counting.js';
import { instantMs } from '../civil/instant.js';
import type { When } from './commands.js';
import { effectiveOn, type Extension, type Progress, type StepProgress } from './progress.js';
import type { Deadline } from './state.js';
import { countFrom, finish, spanOf } from './terms.js';
import { addSeconds, dayOf, isAfterDue, isMoment, laterOf, startOf } from './when.js';

/** One request at most is granted per step, or per cap the step lies in (design §4.8). */
export function extensionFor(progress: Progress, entry: StepProgress): Extension | undefined {
  const asked = [...progress.extensions.values()].filter((extension) => sharesLimit(progress, extension.step, entry));
  return asked.findLast((extension) => extension.decided?.granted) ?? asked.at(-1);
}

function sharesLimit(progress: Progress, key: string, entry: StepProgress): boolean {
  if (key === entry.key) return true;
  const other = progress.steps.get(key);
  return (
    entry.step.cap !== undefined &&
    other?.step.cap === entry.step.cap &&
    isCapCount(progress, entry) &&
    isCapCount(progress, other)
  );
}

/** A step whose own count is the cap itself (field-work) moves with it. */
function isCapCount(progress: Progress, entry: StepProgress): boolean {
  return entry.step.cap !== undefined && entry.step.due.some((rule) => rule.kind === 'count-by-level');
}

export function extend(progress: Progress, entry: StepProgress, deadline: Deadline): Deadline {
  const extension = extensionFor(progress, entry);
  if (!extension?.decided || deadline.due === null) return deadline;
  const recounted = extension.decided.granted ? recount(progress, entry, deadline, extension.n) : deadline;
  const waited = chargeToDecider(progress, extension, deadline);
  if (recounted.due === null || waited === null) return recounted;
  const due = laterOf(progress.state.calendar, recounted.due, waited);
  return {
    ...recounted,
    due,
    ...(extension.decided.granted ? { extension: { request: extension.request, by: extension.n } } : {}),
  };
}

/** n + extension from the same anchor (design §3.18); a fixed date moves by the extension itself. */
function recount(progress: Progress, entry: StepProgress, deadline: Deadline, by: number): Deadline {
  const span = spanOf(progress, entry);
  if (deadline.due !== null && (!span || !deadline.anchor || deadline.rule === 'paper-date')) {
    const unit = isMoment(deadline.due) ? 's' : (span?.unit ?? 'wd');
    return finish(
      progress,
      deadline,
      countFrom(progress, { n: by, unit: unit === 'months' ? 'cd' : unit }, deadline.due),
    );
  }
  if (!span || !deadline.anchor) return deadline;
  return finish(progress, deadline, countFrom(progress, { ...span, n: span.n + by }, deadline.anchor.on));
}

/** Asked in time and left waiting: the days that were left when it was asked are left when it is answered. */
function chargeToDecider(progress: Progress, extension: Extension, deadline: Deadline): When | null {
  const cal = progress.state.calendar;
  const asked = extension.asked.dates.sent ?? extension.asked.dates.received;
  const decided = extension.decided && effectiveOn(extension.decided.dates);
  if (!asked || !decided || deadline.due === null || isAfterDue(cal, asked, deadline.due)) return null;
  if (isMoment(deadline.due)) {
    const left = instantMs(deadline.due) - instantMs(startOf(cal, asked));
    return addSeconds(startOf(cal, decided), left / 1000);
  }
  const left = workingDaysBetween(cal, dayOf(cal, asked), deadline.due);
  return countFrom(progress, { n: left, unit: 'wd' }, dayOf(cal, decided)).due;
}
