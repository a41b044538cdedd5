import { addDays, type CivilDate, dayNumber, fromDayNumber } from './civil-date.js';

/** A moment in canonical UTC form, 'YYYY-MM-DDTHH:MM:SS.sssZ'. Sorts as text. */
export type Instant = string;

/**
 * Offsets from UTC as data of the calendar, oldest first; the first entry has `from: null`.
 * After the last entry its offset holds for ever.
 */
export interface Zone {
  transitions: { from: Instant | null; offsetMinutes: number }[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false;
  const ms = Date.parse(value);
  return !Number.isNaN(ms) && fromMs(ms) === value;
}

/** Milliseconds since 1970. Throws RangeError unless canonical. */
export function instantMs(instant: Instant): number {
  const ms = SHAPE.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError('not a canonical instant');
  return ms;
}

export function fromMs(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** The civil day that clocks of the zone show at this moment. */
export function civilDateAt(instant: Instant, zone: Zone): CivilDate {
  const ms = instantMs(instant);
  return fromDayNumber(Math.floor((ms + offsetAt(ms, zone) * MINUTE) / DAY));
}

/**
 * The moment at which clocks of the zone show `time` ('HH:MM', or '24:00' = the end of the day) on `date`.
 * A time shown twice (clocks put back) is its first showing; a time never shown (clocks put forward) moves on by the gap.
 */
export function instantAt(date: CivilDate, time: string, zone: Zone): Instant {
  const clock = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/.exec(time);
  if (!clock) throw new RangeError('not a time of day');
  if (time === '24:00') return instantAt(addDays(date, 1), '00:00', zone);
  const local = dayNumber(date) * DAY + (Number(clock[1]) * 60 + Number(clock[2])) * MINUTE;
  const before = local - offsetAt(local - DAY, zone) * MINUTE;
  const after = local - offsetAt(local + DAY, zone) * MINUTE;
  const shows = (ms: number): boolean => ms + offsetAt(ms, zone) * MINUTE === local;
  return fromMs(shows(before) || !shows(after) ? before : after);
}

function offsetAt(ms: number, zone: Zone): number {
  let offset = zone.transitions[0]?.offsetMinutes ?? 0;
  for (const { from, offsetMinutes } of zone.transitions) {
    if (from !== null && instantMs(from) > ms) break;
    offset = offsetMinutes;
  }
  return offset;
}
