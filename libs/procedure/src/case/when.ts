import type { CompiledCalendar } from '../calendar/calendar.js';
import { nextWorkingDay } from '../calendar/calendar.js';
import { addDays, isCivilDate } from '../civil/civil-date.js';
import { civilDateAt, fromMs, instantAt, instantMs, isInstant, type Instant } from '../civil/instant.js';
import type { CompiledProcedure, DueRule } from '../definition/definition.js';
import type { When } from './commands.js';

export const isMoment = (when: When): boolean => when.length > 10;

export const isWhen = (value: unknown): value is When => isCivilDate(value) || isInstant(value);

/** The civil day on which it falls. */
export const dayOf = (cal: CompiledCalendar, when: When): string =>
  isMoment(when) ? civilDateAt(when, cal.zone) : when;

/** A day begins at 00:00 of the calendar's zone. */
export const startOf = (cal: CompiledCalendar, when: When): Instant =>
  isMoment(when) ? when : instantAt(when, '00:00', cal.zone);

/** A term ends at 24:00 of its last day (Civil Code 2015 art. 148.6). */
export const endOf = (cal: CompiledCalendar, when: When): Instant =>
  isMoment(when) ? when : instantAt(when, '24:00', cal.zone);

/** Whether an act of this date came after the term had ended. */
export const isAfterDue = (cal: CompiledCalendar, act: When, due: When): boolean =>
  isMoment(due) ? startOf(cal, act) > due : dayOf(cal, act) > due;

/** Orders two dates of acts; a day counts from its beginning. */
export const isBefore = (cal: CompiledCalendar, a: When, b: When): boolean =>
  isMoment(a) === isMoment(b) ? a < b : startOf(cal, a) < startOf(cal, b);

export const laterOf = (cal: CompiledCalendar, a: When, b: When): When => (endOf(cal, a) >= endOf(cal, b) ? a : b);

export const addSeconds = (instant: Instant, seconds: number): Instant => fromMs(instantMs(instant) + seconds * 1000);

/** Procedures counted in seconds date every act by its moment, all others by its day. */
export function countsInSeconds(procedure: CompiledProcedure): boolean {
  const inSeconds = (rule: DueRule): boolean =>
    rule.kind === 'earliest' ? rule.of.some(inSeconds) : 'span' in rule && rule.span.unit === 's';
  return procedure.steps.some((step) => step.due.some(inSeconds));
}

export const dateOf = (procedure: CompiledProcedure, cal: CompiledCalendar, now: Instant): When =>
  countsInSeconds(procedure) ? now : civilDateAt(now, cal.zone);

/** First 08:00 of a working day at or after the moment (the calendar's own hour). */
export function nextMorning(cal: CompiledCalendar, moment: Instant): Instant {
  const day = nextWorkingDay(cal, civilDateAt(moment, cal.zone));
  const morning = instantAt(day, cal.workdayStart, cal.zone);
  if (morning >= moment) return morning;
  return instantAt(nextWorkingDay(cal, addDays(day, 1)), cal.workdayStart, cal.zone);
}

/** The moment itself within working hours, else the next morning. */
export function nextWorkingMoment(cal: CompiledCalendar, moment: Instant): Instant {
  const day = civilDateAt(moment, cal.zone);
  const open = instantAt(day, cal.workdayStart, cal.zone);
  const shut = instantAt(day, cal.workdayEnd, cal.zone);
  return nextWorkingDay(cal, day) === day && moment >= open && moment <= shut ? moment : nextMorning(cal, moment);
}
