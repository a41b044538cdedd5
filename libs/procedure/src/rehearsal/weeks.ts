import { isWorkingDay, type CompiledCalendar } from '../calendar/calendar.js';
import { addDays, weekday, type CivilDate } from '../civil/civil-date.js';
import { civilDateAt, type Instant } from '../civil/instant.js';

/** The Monday of the week in which the moment falls. */
export function weekOf(cal: CompiledCalendar, moment: Instant): CivilDate {
  const day = civilDateAt(moment, cal.zone);
  return addDays(day, 1 - weekday(day));
}

/** As long as Tết: a run of free days that people plan around. */
const LONG = 6;
const cache = new WeakMap<CompiledCalendar, { from: CivilDate; to: CivilDate }[]>();

/** Each long run of free days, from the Monday of its first week to the end of the week after it. */
export function longHolidays(cal: CompiledCalendar): { from: CivilDate; to: CivilDate }[] {
  const known = cache.get(cal);
  if (known) return known;
  const found: { from: CivilDate; to: CivilDate }[] = [];
  for (let day = cal.from; day <= cal.announcedTo; day = addDays(day, 1)) {
    if (isWorkingDay(cal, day)) continue;
    let last = day;
    while (!isWorkingDay(cal, addDays(last, 1)) && last < cal.announcedTo) last = addDays(last, 1);
    if (addDays(day, LONG - 1) <= last) found.push({ from: addDays(day, 1 - weekday(day)), to: addDays(last, 7) });
    day = last;
  }
  cache.set(cal, found);
  return found;
}
