import { type CivilDate, dayNumber, weekday } from '../civil/civil-date.js';
import type { Zone } from '../civil/instant.js';
import type { Evidence } from '../definition/definition.js';
import { type CompiledCalendar, type DayMark, isUnsettled, isWorkingDay } from './calendar.js';

export interface Words {
  vi: string;
  en: string;
}

export const DAY_KINDS = ['holiday', 'substitute', 'swapped', 'make-up', 'half', 'own'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** One line of the table an administrator edits. */
export interface CalendarDay {
  on: CivilDate[];
  kind: DayKind;
  name: Words;
  status: 'announced' | 'proposed';
  evidence: Evidence;
  /** key into `sources` */
  source: string;
  /** Set on competing proposals for the same days. */
  option?: string;
}

/** The full text of a calendar: what `compileCalendar` leaves behind and `describeDay` reads. */
export interface CalendarSource {
  id: string;
  revision: number;
  name: Words;
  zone: Zone;
  weekend: number[];
  from: CivilDate;
  announcedTo: CivilDate;
  to: CivilDate;
  makeUpSaturdays: boolean;
  hours: { start: string; end: string };
  sources: Record<string, string>;
  days: CalendarDay[];
}

/** A body's own days on top of the calendar `extends`. */
export interface OwnDays {
  id: string;
  revision: number;
  extends: string;
  name: Words;
  sources: Record<string, string>;
  days: CalendarDay[];
}

const MARK: Record<DayKind, DayMark> = {
  holiday: 'off',
  substitute: 'substitute',
  swapped: 'swapped',
  'make-up': 'work',
  half: 'half',
  own: 'own',
};

/**
 * The calendar as it travels with a case: announced exceptions only, holidays on weekends left out.
 * @param since leaves out what lies before this day, to keep long calendars small; counting starts no earlier.
 */
export function compileCalendar(source: CalendarSource, since: CivilDate = source.from): CompiledCalendar {
  const from = since > source.from ? since : source.from;
  const days: [CivilDate, DayMark][] = [];
  const proposed: CivilDate[] = [];
  for (const day of source.days) {
    for (const date of day.on) {
      if (date < from || date > source.announcedTo) continue;
      const onWeekend = source.weekend.includes(weekday(date));
      if (onWeekend !== (day.kind === 'make-up')) continue;
      days.push([date, MARK[day.kind]]);
      if (day.status === 'proposed') proposed.push(date);
    }
  }
  return {
    id: source.id,
    revision: source.revision,
    zone: zoneSince(source.zone, from),
    weekend: source.weekend,
    from,
    announcedTo: source.announcedTo,
    days: Object.fromEntries(days.sort(([a], [b]) => (a < b ? -1 : 1))),
    proposed: proposed.sort(),
    makeUpSaturdays: source.makeUpSaturdays,
    workdayStart: source.hours.start,
    workdayEnd: source.hours.end,
  };
}

/**
 * A body's own days win over the base on the same day: `own` is off, `half` half worked, `make-up` worked even on a holiday.
 * The revision grows when either part does.
 */
export function overlay(base: CalendarSource, own: OwnDays): CalendarSource {
  const taken = new Set(own.days.flatMap((day) => day.on));
  const kept = base.days.map((day) => ({ ...day, on: day.on.filter((date) => !taken.has(date)) }));
  const key = (source: string): string => `${own.id}/${source}`;
  return {
    ...base,
    id: own.id,
    revision: base.revision + own.revision,
    name: own.name,
    sources: {
      ...base.sources,
      ...Object.fromEntries(Object.entries(own.sources).map(([name, text]) => [key(name), text])),
    },
    days: [...kept.filter((day) => day.on.length > 0), ...own.days.map((day) => ({ ...day, source: key(day.source) }))],
  };
}

export interface DayDescription {
  date: CivilDate;
  worked: boolean;
  /** False when an announcement can still change the day. */
  settled: boolean;
  name: Words;
  /** What the table says of the day; `counted` is false for what lies beyond the announced range. */
  entries: (Omit<CalendarDay, 'on'> & { counted: boolean })[];
}

const PLAIN: Record<'worked' | 'weekend', Words> = {
  worked: { vi: 'Ngày làm việc', en: 'Working day' },
  weekend: { vi: 'Ngày nghỉ hằng tuần', en: 'Weekly day off' },
};

/** Everything the calendar knows of one day, with sources written out. */
export function describeDay(source: CalendarSource, date: CivilDate): DayDescription {
  const cal = compileCalendar(source);
  const counted = date >= source.from && date <= source.announcedTo;
  const entries = source.days
    .filter((day) => day.on.includes(date))
    .map(({ on: _, ...day }) => ({ ...day, source: source.sources[day.source] ?? day.source, counted }));
  const worked = isWorkingDay(cal, date);
  const named = counted ? entries.find((day) => worked === (day.kind === 'make-up' || day.kind === 'half')) : undefined;
  const isWeekend = source.weekend.includes(weekday(date));
  return {
    date,
    worked,
    settled: !isUnsettled(cal, date),
    name: named?.name ?? PLAIN[isWeekend && !worked ? 'weekend' : 'worked'],
    entries,
  };
}

/** Transitions from `from` on, with the offset in force on that day as the first. */
function zoneSince(zone: Zone, from: CivilDate): Zone {
  const start = new Date((dayNumber(from) - 1) * 86_400_000).toISOString();
  const past = zone.transitions.filter((t) => t.from === null || t.from <= start).at(-1);
  const later = zone.transitions.filter((t) => t.from !== null && t.from > start);
  return { transitions: past ? [{ ...past, from: null }, ...later] : later };
}
