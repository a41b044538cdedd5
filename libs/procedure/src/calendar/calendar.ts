import { type CivilDate, dayNumber, fromDayNumber, weekdayOf } from '../civil/civil-date.js';
import type { Zone } from '../civil/instant.js';

/**
 * What an exceptional day is. `off` a holiday, `substitute` off for a holiday that fell on a weekend, `swapped` off against
 * a make-up Saturday, `own` off by decision of the body itself; `work` a make-up day; `half` a working day with half its hours.
 */
export type DayMark = 'off' | 'substitute' | 'swapped' | 'own' | 'work' | 'half';

/** The calendar as it travels with a case: exceptions only, plain JSON, no names and no sources. */
export interface CompiledCalendar {
  id: string;
  revision: number;
  zone: Zone;
  /** ISO weekdays that are not worked, 6 and 7 as a rule. */
  weekend: number[];
  /** First and last day on which `days` is complete; outside them only weekends count and a deadline is provisional. */
  from: CivilDate;
  announcedTo: CivilDate;
  days: Record<CivilDate, DayMark>;
  /** Days within the announced range whose status is still only proposed: counted as listed, the deadline is provisional. */
  proposed: CivilDate[];
  /** Whether a make-up Saturday counts as a working day. */
  makeUpSaturdays: boolean;
  workdayStart: string;
  workdayEnd: string;
}

/** Why a day is not worked. */
export type DayOff = 'weekend' | 'holiday' | 'substitute' | 'swapped' | 'own';

/** Null when the day is worked. */
export function whyOff(cal: CompiledCalendar, n: number): DayOff | null {
  const date = fromDayNumber(n);
  const mark = isAnnounced(cal, date) ? cal.days[date] : undefined;
  if (cal.weekend.includes(weekdayOf(n))) return mark === 'work' && cal.makeUpSaturdays ? null : 'weekend';
  if (mark === undefined || mark === 'work' || mark === 'half') return null;
  return mark === 'off' ? 'holiday' : mark;
}

/** Whether the working or free state of this day can still change by an announcement. */
export function isUnsettled(cal: CompiledCalendar, date: CivilDate): boolean {
  return !isAnnounced(cal, date) || cal.proposed.includes(date);
}

export function isWorkingDay(cal: CompiledCalendar, date: CivilDate): boolean {
  return whyOff(cal, dayNumber(date)) === null;
}

/** The date itself when worked, else the first working day after it. */
export function nextWorkingDay(cal: CompiledCalendar, date: CivilDate): CivilDate {
  let n = dayNumber(date);
  while (whyOff(cal, n) !== null) n++;
  return fromDayNumber(n);
}

/** The date itself when worked, else the last working day before it. */
export function previousWorkingDay(cal: CompiledCalendar, date: CivilDate): CivilDate {
  let n = dayNumber(date);
  while (whyOff(cal, n) !== null) n--;
  return fromDayNumber(n);
}

function isAnnounced(cal: CompiledCalendar, date: CivilDate): boolean {
  return date >= cal.from && date <= cal.announcedTo;
}
