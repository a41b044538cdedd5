import { addDays, addMonths, type CivilDate, dayNumber, fromDayNumber } from '../civil/civil-date.js';
import type { Span } from '../definition/definition.js';
import { type CompiledCalendar, type DayOff, isUnsettled, whyOff } from './calendar.js';

/** The clock stands from the day after `from` to `to` inclusive; `to: null` = it still stands. */
export interface Pause {
  from: CivilDate;
  to: CivilDate | null;
}

/** A day that did not count; `to` closes a run of paused days, absent while the pause is open. */
export interface Skipped {
  date: CivilDate;
  to?: CivilDate;
  why: DayOff | 'paused';
}

export interface Counted {
  /** The last day of the term, which ends at 24:00; null while a pause without end keeps it from being reached. */
  due: CivilDate | null;
  /** True when a day whose state mattered is not yet settled: outside the announced range, or only proposed. */
  provisional: boolean;
  skipped: Skipped[];
  /** The day on which the term would have ended, had it been worked. */
  rolledFrom?: CivilDate;
}

/**
 * Counts a term as the Civil Code 2015 does (art. 147-148): the day of the event is not counted, the term ends with its last
 * day, and with the next working day if that one is not worked.
 * - wd: counts working days outside the pauses. cd: counts days outside the pauses, then rolls forward.
 * - months: clamps to the month's end, rolls forward, then moves by as many working days as lie in the pauses.
 * - s: the day on which `n` seconds after the start of `after` fall; no working days and no pauses. The moment itself is a
 *   sum of milliseconds, for procedures played in seconds.
 * `n` is whole and not negative; n = 0 is the day of the event, rolled forward.
 */
export function count(cal: CompiledCalendar, span: Span, after: CivilDate, pauses: readonly Pause[]): Counted {
  const walk = new Walk(cal, after, pauses);
  switch (span.unit) {
    case 'wd':
      return walk.step(span.n, 'wd').roll();
    case 'cd':
      return walk.step(span.n, 'cd').roll();
    case 'months': {
      const end = new Walk(cal, addMonths(after, span.n), []).roll();
      return end.due === null ? end : merge(end, moveByPauses(cal, end.due, pauses, after));
    }
    case 's':
      return { due: addDays(after, Math.floor(span.n / 86_400)), provisional: false, skipped: [] };
  }
}

/** The n-th working day before `before`, itself not counted; pauses do not matter. */
export function countBack(cal: CompiledCalendar, span: { n: number; unit: 'wd' }, before: CivilDate): CivilDate {
  let n = dayNumber(before);
  for (let left = span.n; left > 0;) if (whyOff(cal, --n) === null) left--;
  return fromDayNumber(n);
}

/**
 * Moves a date by as many working days as lie in the pauses that began before it (and, for a term, after `since`).
 * Equal to: the working days that were left when the clock stopped are left when it runs again.
 */
export function moveByPauses(
  cal: CompiledCalendar,
  date: CivilDate,
  pauses: readonly Pause[],
  since?: CivilDate,
): Counted {
  let moved: Counted = { due: date, provisional: false, skipped: [] };
  for (const pause of united(pauses)) {
    if (moved.due === null || pause.from >= moved.due) break;
    const from = since !== undefined && since > pause.from ? since : pause.from;
    if (pause.to !== null && pause.to <= from) continue;
    moved.skipped.push(pausedRun(from, pause.to));
    if (pause.to === null) return { ...moved, due: null };
    moved.provisional ||= isAnyUnsettled(cal, from, pause.to);
    const walk = new Walk(cal, moved.due, []).step(workingDaysBetween(cal, from, pause.to), 'wd');
    moved = merge(moved, walk.result());
  }
  return moved;
}

/** How many working days lie after `afterExclusive` up to and including `toInclusive`; 0 when there is no such day. */
export function workingDaysBetween(cal: CompiledCalendar, afterExclusive: CivilDate, toInclusive: CivilDate): number {
  const last = dayNumber(toInclusive);
  let days = 0;
  for (let n = dayNumber(afterExclusive) + 1; n <= last; n++) if (whyOff(cal, n) === null) days++;
  return days;
}

/**
 * A date written in a paper. `by` = that day inclusive, rolled forward when it is not worked (art. 148.5);
 * `before` = the calendar day before it, never rolled: the paper itself excludes the next day. Pauses move either.
 */
export function fixedDue(
  cal: CompiledCalendar,
  date: CivilDate,
  kind: 'by' | 'before',
  pauses: readonly Pause[] = [],
): Counted {
  const start: Counted =
    kind === 'by' ? new Walk(cal, date, []).roll() : { due: addDays(date, -1), provisional: false, skipped: [] };
  return start.due === null ? start : merge(start, moveByPauses(cal, start.due, pauses));
}

/** Walks forward day by day and keeps the reasons; a pause without end stops it for good. */
class Walk {
  private n: number;
  private stuck = false;
  private provisional = false;
  private readonly skipped: Skipped[] = [];
  private readonly pauses: Pause[];

  constructor(
    private readonly cal: CompiledCalendar,
    after: CivilDate,
    pauses: readonly Pause[],
  ) {
    this.n = dayNumber(after);
    this.pauses = united(pauses);
  }

  step(days: number, unit: 'wd' | 'cd'): this {
    for (let left = days; left > 0 && this.forward();) {
      if (unit === 'cd' || this.isWorked()) left--;
    }
    return this;
  }

  /** Ends on the first working day that is not paused, from the present one on. */
  roll(): Counted {
    const end = fromDayNumber(this.n);
    while (!this.stuck && !this.isWorked()) this.forward();
    const result = this.result();
    return result.due === null || result.due === end ? result : { ...result, rolledFrom: end };
  }

  result(): Counted {
    return { due: this.stuck ? null : fromDayNumber(this.n), provisional: this.provisional, skipped: this.skipped };
  }

  /** To the next day on which the clock runs. False when there is none. */
  private forward(): boolean {
    const day = fromDayNumber(this.n + 1);
    const pause = this.pauses.find((p) => p.from < day && (p.to === null || p.to >= day));
    if (pause) this.skipped.push(pausedRun(fromDayNumber(this.n), pause.to));
    if (pause?.to === null) this.stuck = true;
    else this.n = pause ? dayNumber(pause.to ?? day) + 1 : this.n + 1;
    return !this.stuck;
  }

  private isWorked(): boolean {
    const date = fromDayNumber(this.n);
    if (isUnsettled(this.cal, date)) this.provisional = true;
    const why = whyOff(this.cal, this.n);
    if (why !== null) this.skipped.push({ date, why });
    return why === null;
  }
}

/** Sorted, empty ones dropped, touching ones made one. */
function united(pauses: readonly Pause[]): Pause[] {
  const result: Pause[] = [];
  for (const pause of [...pauses].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (pause.to !== null && pause.to <= pause.from) continue;
    const last = result.at(-1);
    if (!last || (last.to !== null && last.to < pause.from)) result.push({ ...pause });
    else if (last.to !== null && (pause.to === null || pause.to > last.to)) last.to = pause.to;
  }
  return result;
}

function pausedRun(from: CivilDate, to: CivilDate | null): Skipped {
  return { date: addDays(from, 1), ...(to === null ? {} : { to }), why: 'paused' };
}

function isAnyUnsettled(cal: CompiledCalendar, afterExclusive: CivilDate, toInclusive: CivilDate): boolean {
  return (
    addDays(afterExclusive, 1) < cal.from ||
    toInclusive > cal.announcedTo ||
    cal.proposed.some((date) => date > afterExclusive && date <= toInclusive)
  );
}

/** Two stages of one count: the later due, the reasons of both, the roll of the first. */
function merge(first: Counted, then: Counted): Counted {
  return {
    ...first,
    due: then.due,
    provisional: first.provisional || then.provisional,
    skipped: [...first.skipped, ...then.skipped],
  };
}
