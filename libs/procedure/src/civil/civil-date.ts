/** A day of the civil calendar (proleptic Gregorian), 'YYYY-MM-DD', years 0001-9999. Sorts as text. */
export type CivilDate = string;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const EPOCH = daysBeforeYear(1970);

/** True for a day that exists: '2024-02-29' yes, '2023-02-29' and '2023-2-1' no. */
export function isCivilDate(value: unknown): value is CivilDate {
  if (typeof value !== 'string' || !SHAPE.test(value)) return false;
  const { year, month, day } = parts(value);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days since 1970-01-01. Throws RangeError for text that is no civil date: arithmetic on NaN would loop for ever. */
export function dayNumber(date: CivilDate): number {
  if (!isCivilDate(date)) throw new RangeError('not a civil date');
  const { year, month, day } = parts(date);
  return daysBeforeYear(year) - EPOCH + daysBeforeMonth(year, month) + day - 1;
}

// Immutable facts, asked again and again while counting.
const written = new Map<number, CivilDate>();

/** The day `n` days after 1970-01-01. */
export function fromDayNumber(n: number): CivilDate {
  const known = written.get(n);
  if (known !== undefined) return known;
  let year = Math.floor((n + EPOCH) / 365.2425) + 1;
  while (daysBeforeYear(year) - EPOCH > n) year--;
  while (daysBeforeYear(year + 1) - EPOCH <= n) year++;
  const ofYear = n - (daysBeforeYear(year) - EPOCH);
  let month = 12;
  while (daysBeforeMonth(year, month) > ofYear) month--;
  const date = write(year, month, ofYear - daysBeforeMonth(year, month) + 1);
  written.set(n, date);
  return date;
}

/** Day of the week after ISO 8601: Monday 1 … Sunday 7. */
export function weekday(date: CivilDate): number {
  return weekdayOf(dayNumber(date));
}

/** `weekday` of a day number; 1970-01-01 was a Thursday. */
export function weekdayOf(n: number): number {
  return ((((n + 3) % 7) + 7) % 7) + 1;
}

export function addDays(date: CivilDate, n: number): CivilDate {
  return fromDayNumber(dayNumber(date) + n);
}

/** Same day `n` months on; a day the month lacks becomes its last: 2023-08-31 + 6 = 2024-02-29. */
export function addMonths(date: CivilDate, n: number): CivilDate {
  dayNumber(date);
  const { year, month, day } = parts(date);
  const months = year * 12 + month - 1 + n;
  const toYear = Math.floor(months / 12);
  const toMonth = (((months % 12) + 12) % 12) + 1;
  return write(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** Negative, zero or positive, for sorting. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function parts(date: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function write(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

function daysBeforeMonth(year: number, month: number): number {
  return (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

function daysInMonth(year: number, month: number): number {
  return month === 12 ? 31 : daysBeforeMonth(year, month + 1) - daysBeforeMonth(year, month);
}
