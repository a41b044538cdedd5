import { count, countBack, fixedDue, type Counted } from '../calendar/counting.js';
import { addDays } from '../civil/civil-date.js';
import { instantMs } from '../civil/instant.js';
import type { Authority, Span } from '../definition/definition.js';
import type { PaperDate, When } from './commands.js';
import type { Act, Progress, StepProgress } from './progress.js';
import type { Deadline } from './state.js';
import { addSeconds, dayOf, isMoment, startOf } from './when.js';

/** How a rule's figure becomes a date: counting with the case's pauses, fixed dates, and the reasons kept beside them. */

export const none = (reason: NonNullable<Deadline['reason']>, authority?: Authority): Deadline => ({
  due: null,
  reason,
  force: authority?.force ?? 'policy',
  provisional: false,
  rule: 'none',
  basis: authority?.basis ?? '',
  evidence: authority?.evidence ?? '',
  kind: 'by',
  skipped: [],
  pauses: [],
});

export function outcomeThatReturned(progress: Progress, entry: StepProgress, back: Act) {
  for (const step of progress.state.procedure.steps) {
    const outcome = step.outcomes[back.outcome ?? ''];
    if (outcome?.effect === 'returns' && (outcome.step ?? step.id) === entry.step.id) return outcome.due;
  }
  return undefined;
}

export function paperDate(
  progress: Progress,
  entry: StepProgress,
  paper: 'plan' | 'conclusion' | 'measure',
): PaperDate | undefined {
  if (paper === 'plan') return progress.planDates[entry.step.id];
  if (paper === 'conclusion') return progress.conclusionDates[entry.step.id];
  return entry.item === undefined ? undefined : progress.measures.get(entry.item)?.data.due;
}

export function fromCount(
  progress: Progress,
  span: Span,
  anchor: NonNullable<Deadline['anchor']>,
  authority: Authority,
  rule: string,
): Deadline {
  const counted = countFrom(progress, span, anchor.on);
  return finish(progress, { ...none('suspended', authority), rule, span, anchor }, counted);
}

export function finish(progress: Progress, deadline: Deadline, counted: Counted): Deadline {
  const { due, provisional, skipped, rolledFrom } = counted;
  const pauses = progress.pauses;
  if (due === null) return { ...deadline, reason: 'suspended', skipped, pauses };
  return { ...deadline, due, reason: undefined, provisional, skipped, rolledFrom, pauses };
}

export function countFrom(progress: Progress, span: Span, after: When): Counted {
  const cal = progress.state.calendar;
  if (span.unit === 's') return countSeconds(progress, span.n, startOf(cal, after));
  const pauses = progress.pauses.map(({ from, to }) => ({
    from: dayOf(cal, from),
    to: to === null ? null : dayOf(cal, to),
  }));
  return count(cal, span, dayOf(cal, after), pauses);
}

function countSeconds(progress: Progress, n: number, after: string): Counted {
  const cal = progress.state.calendar;
  let due = addSeconds(after, n);
  for (const pause of progress.pauses) {
    const from = startOf(cal, pause.from) > after ? startOf(cal, pause.from) : after;
    if (from >= due) continue;
    if (pause.to === null) return { due: null, provisional: false, skipped: [] };
    const stood = instantMs(startOf(cal, pause.to)) - instantMs(from);
    if (stood > 0) due = addSeconds(due, stood / 1000);
  }
  return { due, provisional: false, skipped: [] };
}

export function before(progress: Progress, span: Span, due: When): When {
  const cal = progress.state.calendar;
  if (isMoment(due)) return addSeconds(due, -span.n);
  return span.unit === 'wd' ? countBack(cal, { n: span.n, unit: 'wd' }, due) : addDays(due, -span.n);
}

export function fromPaper(progress: Progress, date: PaperDate, authority: Authority): Deadline {
  const cal = progress.state.calendar;
  const base = { ...none('suspended', authority), rule: 'paper-date', kind: date.kind };
  if (isMoment(date.on)) return finish(progress, base, { due: date.on, provisional: false, skipped: [] });
  const pauses = progress.pauses.map(({ from, to }) => ({
    from: dayOf(cal, from),
    to: to === null ? null : dayOf(cal, to),
  }));
  return finish(progress, base, fixedDue(cal, date.on, date.kind, pauses));
}
