import { addDays, type CompiledCalendar } from '@giamsat/procedure';
import { procedureLibrary, type CalendarSource, type DayDescription } from '@giamsat/procedure/source';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { day } from '../cli/when.js';

export function shipped(id: string): { source: CalendarSource; compiled: CompiledCalendar } {
  const found = procedureLibrary().getCalendar(id);
  if (found) return found;
  const known = procedureLibrary().known.calendars;
  throw new Stop('notFound', {
    vi: `Không có lịch ${id}; có: ${known}.`,
    en: `No calendar ${id}; there are: ${known}.`,
  });
}

/** Name, source and evidence of a day, as the table has them. */
export function dayName({ name, entries }: DayDescription, io: Io): string {
  const from = entries.find(({ counted }) => counted);
  return from ? `${io.say(name)} — ${from.source} [${from.evidence}]` : io.say(name);
}

export interface Days {
  dates: string[];
  kind: CalendarSource['days'][number]['kind'];
  status: 'announced' | 'proposed';
  option?: string;
  text: { vi: string; en: string };
}

/** The lines of a calendar's table that fall on the wanted days, in order; a run of days is one line. */
export function daysOf(source: CalendarSource, isWanted: (date: string) => boolean): Days[] {
  return source.days
    .flatMap(({ on, kind, status, option, name, source: key, evidence }) => {
      const from = `${source.sources[key] ?? key} [${evidence}]`;
      const text = (lang: 'vi' | 'en'): string => `${name[lang]}${option ? ` (${option})` : ''} — ${from}`;
      return runs(on.filter(isWanted)).map((dates) => ({
        dates,
        kind,
        status,
        ...(option && { option }),
        text: { vi: text('vi'), en: text('en') },
      }));
    })
    .sort((a, b) => (a.dates[0]! < b.dates[0]! ? -1 : 1));
}

function runs(dates: string[]): string[][] {
  const found: string[][] = [];
  for (const date of [...dates].sort()) {
    const last = found.at(-1);
    if (last && addDays(last.at(-1)!, 1) === date) last.push(date);
    else found.push([date]);
  }
  return found;
}

export const span = (dates: string[]): string =>
  dates.length === 1 ? day(dates[0]) : `${day(dates[0])} – ${day(dates.at(-1))}`;
