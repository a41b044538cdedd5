import { readFileSync } from 'node:fs';
import { addDays, weekday } from '../civil/civil-date.js';
import { civilDateAt } from '../civil/instant.js';
import { readCalendar } from '../source/calendar-file.js';
import { isWorkingDay } from './calendar.js';
import { count } from './counting.js';
import { type CalendarSource, compileCalendar, describeDay, type OwnDays, overlay } from './source.js';

const load = (name: string): CalendarSource =>
  readCalendar(readFileSync(new URL(`../../calendars/${name}.yaml`, import.meta.url), 'utf8'), name);
const VN = load('vn');
const US = load('us-federal');
const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe('a compiled calendar', () => {
  it('is small enough to travel with a case', () => {
    expect(size(compileCalendar(VN))).toBeLessThan(3_000);
    expect(size(compileCalendar(US, '2025-01-01'))).toBeLessThan(3_000);
  });

  it('survives JSON', () => {
    const cal = compileCalendar(VN);
    expect(JSON.parse(JSON.stringify(cal))).toEqual(cal);
  });

  it('leaves out weekends and what is not announced', () => {
    const days = Object.keys(compileCalendar(VN).days);
    expect(days).not.toContain('2026-04-26');
    expect(days.filter((day) => day > VN.announcedTo)).toEqual([]);
  });

  it('counts the same from a later start on', () => {
    const [whole, short] = [compileCalendar(US), compileCalendar(US, '2025-07-01')];
    for (let day = '2025-07-01'; day <= '2027-12-31'; day = addDays(day, 1)) {
      expect(isWorkingDay(short, day)).toBe(isWorkingDay(whole, day));
      const evening = `${day}T04:30:00.000Z`;
      expect(civilDateAt(evening, short.zone)).toBe(civilDateAt(evening, whole.zone));
    }
  });

  it('keeps days that are only proposed within the announced range', () => {
    const days = VN.days.map((day) => (day.on.includes('2026-08-22') ? { ...day, status: 'proposed' as const } : day));
    const cal = compileCalendar({ ...VN, days });
    expect(cal.proposed).toEqual(['2026-08-22']);
    expect(count(cal, { n: 5, unit: 'wd' }, '2026-08-20', [])).toMatchObject({ due: '2026-08-26', provisional: true });
  });
});

describe('a body’s own days', () => {
  const line = {
    status: 'announced',
    evidence: 'V',
    source: 'letter',
    name: { vi: 'Ngày riêng', en: 'Own day' },
  } as const;
  const own: OwnDays = {
    id: 'VN-unit',
    revision: 3,
    extends: 'VN',
    name: { vi: 'Lịch của cơ quan', en: 'Calendar of the body' },
    sources: { letter: 'Công văn 12-CV/VP' },
    days: [
      { ...line, on: ['2026-03-10'], kind: 'own' },
      { ...line, on: ['2026-03-11'], kind: 'half' },
      { ...line, on: ['2026-03-14', '2026-11-24'], kind: 'make-up' },
    ],
  };
  const body = overlay(VN, own);
  const cal = compileCalendar(body);

  it('win over the calendar below', () => {
    expect(isWorkingDay(cal, '2026-03-10')).toBe(false);
    expect(isWorkingDay(cal, '2026-03-11')).toBe(true);
    expect(isWorkingDay(cal, '2026-03-14')).toBe(true);
    expect(isWorkingDay(cal, '2026-11-24')).toBe(true);
    expect(isWorkingDay(compileCalendar(VN), '2026-11-24')).toBe(false);
    expect(isWorkingDay(cal, '2026-02-17')).toBe(false);
    expect(cal.days['2026-03-11']).toBe('half');
    expect(isWorkingDay({ ...cal, makeUpSaturdays: false }, '2026-03-14')).toBe(false);
  });

  it('say so in a derivation', () => {
    expect(count(cal, { n: 1, unit: 'wd' }, '2026-03-09', [])).toMatchObject({
      due: '2026-03-11',
      skipped: [{ date: '2026-03-10', why: 'own' }],
    });
    expect(describeDay(body, '2026-03-10')).toMatchObject({
      worked: false,
      name: line.name,
      entries: [{ kind: 'own', source: 'Công văn 12-CV/VP' }],
    });
    expect(describeDay(body, '2026-02-17').name.en).toBe('Lunar New Year');
  });

  it('make a new revision when either part changes', () => {
    expect(cal).toMatchObject({ id: 'VN-unit', revision: VN.revision + 3 });
  });
});

describe('a day', () => {
  it('tells its name, its source and how well it is founded', () => {
    expect(describeDay(VN, '2026-01-10')).toEqual({
      date: '2026-01-10',
      worked: true,
      settled: true,
      name: { vi: 'Làm bù cho 02/01', en: 'Make-up day for 2 January' },
      entries: [
        {
          kind: 'make-up',
          name: { vi: 'Làm bù cho 02/01', en: 'Make-up day for 2 January' },
          status: 'announced',
          evidence: 'V',
          source: VN.sources['2026-swaps'],
          counted: true,
        },
      ],
    });
    expect(describeDay(VN, '2026-03-10')).toMatchObject({ worked: true, name: { en: 'Working day' }, entries: [] });
    expect(describeDay(VN, '2026-03-08')).toMatchObject({ worked: false, name: { en: 'Weekly day off' } });
    expect(describeDay({ ...VN, makeUpSaturdays: false }, '2026-01-10')).toMatchObject({
      worked: false,
      name: { en: 'Weekly day off' },
    });
  });

  it('of Tết 2027 has two proposals and is not counted', () => {
    const day = describeDay(VN, '2027-02-08');
    expect(day).toMatchObject({ worked: true, settled: false, name: { en: 'Working day' } });
    expect(day.entries.map(({ option, status, counted }) => [option, status, counted])).toEqual([
      ['A', 'proposed', false],
      ['B', 'proposed', false],
    ]);
  });
});

describe('the shipped tables', () => {
  it('give Vietnam exactly the days off and worked of the survey', () => {
    const off = Object.entries(compileCalendar(VN).days);
    const of = (year: number, works: boolean): string =>
      off
        .filter(([day, mark]) => day.startsWith(`${year}`) && (mark === 'work') === works)
        .map(([day]) => day.slice(5))
        .join(' ');
    expect(of(2023, false)).toBe('01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04');
    expect(of(2024, false)).toBe('01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03');
    expect(of(2025, false)).toBe('01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02');
    expect(of(2026, false)).toBe('01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24');
    expect([2023, 2024, 2025, 2026].map((year) => of(year, true))).toEqual(['', '05-04', '04-26', '01-10 08-22']);
  });

  it('name no Vietnamese day after 2026 as announced', () => {
    const late = VN.days.filter((day) => day.on.some((date) => date > '2026-12-31'));
    expect(late.length).toBeGreaterThan(0);
    expect(late.every((day) => day.status === 'proposed')).toBe(true);
  });

  it('agree with the rules of 5 U.S.C. 6103, day by day', () => {
    const cal = compileCalendar(US);
    for (let day = '2009-01-01'; day <= '2027-12-31'; day = addDays(day, 1)) {
      const isFree = weekday(day) >= 6 || isHoliday(day) || isObserved(day);
      expect([day, isWorkingDay(cal, day)]).toEqual([day, !isFree]);
    }
  });

  // A holiday on Saturday is observed on Friday, one on Sunday on Monday.
  const isObserved = (day: string): boolean =>
    (weekday(day) === 5 && isHoliday(addDays(day, 1))) || (weekday(day) === 1 && isHoliday(addDays(day, -1)));
  const isHoliday = (day: string): boolean => {
    const [year = 0, month, dom = 0] = day.split('-').map(Number);
    const key = day.slice(5);
    if (['01-01', '07-04', '11-11', '12-25'].includes(key) || (key === '06-19' && year >= 2021)) return true;
    const nth = Math.ceil(dom / 7);
    if (weekday(day) === 4) return month === 11 && nth === 4;
    if (weekday(day) !== 1) return false;
    return (
      ((month === 1 || month === 2) && nth === 3) ||
      (month === 5 && dom > 24) ||
      (month === 9 && nth === 1) ||
      (month === 10 && nth === 2)
    );
  };
});
