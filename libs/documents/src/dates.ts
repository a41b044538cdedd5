import { addMonths, isCivilDate, type CivilDate } from '@giamsat/procedure';
import { passage, type Doc } from './doc.js';
import type { DateRead } from './types.js';

/** `11/7/2023`, `11-7-2023`, `11.7.2023` or `11 tháng 7 năm 2023`, in a text folded by `lower(toneKey())`. */
export const DATE = String.raw`(\d{1,2})(?: ?[/.-] ?| tháng )(\d{1,2})(?: ?[/.-] ?| năm )(\d{4})(?!\d)`;

/** The Party was founded that year: an older date is a slip of the typist. */
const FIRST_YEAR = 1930;

/** The day, or nothing when the calendar has no such day: a date is never repaired. */
export function isoDate(year: number, month: number, day: number): CivilDate | undefined {
  const date = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
  return year >= FIRST_YEAR && isCivilDate(date) ? date : undefined;
}

/** The last day of a month; the words "trong tháng 9/2023" mean it. */
export function lastDayOf(year: number, month: number): CivilDate | undefined {
  if (month < 1 || month > 12 || year <= FIRST_YEAR) return undefined;
  return addMonths(`${year - 1}-12-31`, month);
}

/** A date found at `start` in the document's text, from the three groups of `DATE`. */
export function dateRead(
  doc: Doc,
  start: number,
  end: number,
  groups: readonly (string | undefined)[],
): DateRead | undefined {
  const [day, month, year] = groups.map(Number);
  const iso = isoDate(year ?? 0, month ?? 0, day ?? 0);
  return iso === undefined ? undefined : { ...passage(doc, start, end), iso };
}
