import { passage, type Doc } from './doc.js';
import type { DateRead } from './types.js';

/** `11/7/2023`, `11-7-2023`, `11.7.2023` or `11 tháng 7 năm 2023`, in a text folded by `lower(toneKey())`. */
export const DATE = String.raw`(\d{1,2})(?: ?[/.-] ?| tháng )(\d{1,2})(?: ?[/.-] ?| năm )(\d{4})(?!\d)`;

/** `yyyy-mm-dd`, or nothing when the calendar has no such day: a date is never repaired. */
export function isoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1930 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** The last day of a month; the words "trong tháng 9/2023" mean it. */
export function lastDayOf(year: number, month: number): string | undefined {
  if (month < 1 || month > 12) return undefined;
  return isoDate(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate());
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
