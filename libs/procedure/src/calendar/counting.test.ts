import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addDays } from '../civil/civil-date.js';
import { readCalendar } from '../source/calendar-file.js';
import { type CompiledCalendar, isWorkingDay, nextWorkingDay, previousWorkingDay } from './calendar.js';
import { count, countBack, type Counted, fixedDue, moveByPauses, type Pause, workingDaysBetween } from './counting.js';
import { compileCalendar } from './source.js';

const load = (name: string): CompiledCalendar => {
  const file = new URL(`../../calendars/${name}.yaml`, import.meta.url);
  return compileCalendar(readCalendar(readFileSync(file, 'utf8'), name));
};
const VN = load('vn');
const NO_MAKE_UP = { ...VN, makeUpSaturdays: false };
const due = (rule: string, after: string, pauses: Pause[] = [], cal = VN): Counted => {
  const [n, unit] = rule.split(' ');
  return count(cal, { n: Number(n), unit: unit as 'wd' }, after, pauses);
};
const EXTENDED = (n: number): number => n + Math.floor(n / 3);

describe('terms after the Civil Code', () => {
  it.each([
    ['10 wd', '2023-07-11', '2023-07-25'],
    ['30 wd', '2023-08-15', '2023-09-28'],
    [`${EXTENDED(30)} wd`, '2023-08-15', '2023-10-12'],
    ['5 wd', '2024-04-26', '2024-05-07'],
    ['5 wd', '2025-04-24', '2025-05-05'],
    ['10 wd', '2025-12-24', '2026-01-09'],
    ['3 wd', '2026-02-13', '2026-02-25'],
    ['5 wd', '2026-08-20', '2026-08-26'],
    ['11 wd', '2025-12-24', '2026-01-10'],
    ['5 wd', '2026-11-20', '2026-11-30'],
    ['30 cd', '2026-01-16', '2026-02-23'],
    [`${EXTENDED(30)} cd`, '2026-01-16', '2026-02-25'],
    ['10 cd', '2026-08-21', '2026-09-03'],
    ['30 cd', '2026-10-25', '2026-11-25'],
    ['6 months', '2023-08-31', '2024-02-29'],
  ])('%s after %s end on %s', (rule, after, end) => {
    expect(due(rule, after)).toMatchObject({ due: end, provisional: false });
  });

  it('counts a make-up Saturday only when the switch is on', () => {
    expect(due('5 wd', '2026-08-20').due).toBe('2026-08-26');
    expect(due('5 wd', '2026-08-20', [], NO_MAKE_UP).due).toBe('2026-08-27');
    expect(due('11 wd', '2025-12-24').due).toBe('2026-01-10');
    expect(due('11 wd', '2025-12-24', [], NO_MAKE_UP).due).toBe('2026-01-12');
  });

  it('names every day that did not count, and why', () => {
    expect(due('5 wd', '2024-04-26').skipped).toEqual([
      { date: '2024-04-27', why: 'weekend' },
      { date: '2024-04-28', why: 'weekend' },
      { date: '2024-04-29', why: 'swapped' },
      { date: '2024-04-30', why: 'holiday' },
      { date: '2024-05-01', why: 'holiday' },
      { date: '2024-05-05', why: 'weekend' },
    ]);
    const rolled = due('30 cd', '2026-01-16');
    expect(rolled.rolledFrom).toBe('2026-02-15');
    expect(rolled.skipped.map(({ date }) => date)).toEqual(
      [15, 16, 17, 18, 19, 20, 21, 22].map((day) => `2026-02-${day}`),
    );
  });

  it('rolls months forward from the end of the month', () => {
    // 31/10 + 1 month = Sunday 30/11/2025
    expect(due('1 months', '2025-10-31')).toMatchObject({ due: '2025-12-01', rolledFrom: '2025-11-30' });
    expect(due('6 months', '2024-02-29').due).toBe('2024-08-29');
    expect(due('12 months', '2024-02-29').due).toBe('2025-02-28');
  });

  it('takes the event day itself, rolled forward, for no days at all', () => {
    expect(due('0 wd', '2026-01-01').due).toBe('2026-01-05');
    expect(due('0 cd', '2026-01-06').due).toBe('2026-01-06');
  });

  it('knows only whole days of a span in seconds', () => {
    expect(due('90 s', '2026-01-03')).toEqual({ due: '2026-01-03', provisional: false, skipped: [] });
    expect(due('172800 s', '2026-01-03').due).toBe('2026-01-05');
  });
});

describe('beyond the last announced day', () => {
  it('counts weekends only and says so', () => {
    expect(due('3 wd', '2026-12-29')).toMatchObject({ due: '2027-01-01', provisional: true });
    expect(due('2 wd', '2026-12-29')).toMatchObject({ due: '2026-12-31', provisional: false });
    // both proposals for Tết leave it alone
    expect(due('3 wd', '2027-02-03')).toMatchObject({ due: '2027-02-08', provisional: true });
    expect(due('30 cd', '2026-12-20')).toMatchObject({ due: '2027-01-19', provisional: true });
    expect(due('6 months', '2026-08-03')).toMatchObject({ due: '2027-02-03', provisional: true });
    expect(fixedDue(VN, '2027-02-03', 'by').provisional).toBe(true);
  });

  it('is provisional before the calendar begins', () => {
    expect(due('3 wd', '2022-11-01').provisional).toBe(true);
  });

  it('is provisional when a day that mattered is only proposed', () => {
    const cal = { ...VN, proposed: ['2026-08-31'] };
    expect(due('5 wd', '2026-08-27', [], cal)).toMatchObject({ due: '2026-09-08', provisional: true });
    expect(due('10 cd', '2026-08-21', [], cal).provisional).toBe(true);
    // only passed over: the term does not depend on it
    expect(due('30 cd', '2026-08-21', [], cal).provisional).toBe(false);
    expect(due('1 wd', '2026-08-27', [], cal).provisional).toBe(false);
  });
});

describe('a pause', () => {
  const pause = { from: '2026-03-04', to: '2026-03-12' };

  it('still counts its first day and resumes on the day after its last', () => {
    // 3, 4 count; 5-12 stand; 13, 16, 17 count
    const result = due('5 wd', '2026-03-02', [pause]);
    expect(result.due).toBe('2026-03-17');
    expect(result.skipped[0]).toEqual({ date: '2026-03-05', to: '2026-03-12', why: 'paused' });
    // 3, 4 count; then 13-15; Sunday rolls
    expect(due('5 cd', '2026-03-02', [pause])).toMatchObject({ due: '2026-03-16', rolledFrom: '2026-03-15' });
  });

  it('without an end leaves no due, unless the term was over before', () => {
    const open = [{ from: '2026-03-04', to: null }];
    expect(due('2 wd', '2026-03-02', open).due).toBe('2026-03-04');
    const stuck = due('3 wd', '2026-03-02', open);
    expect(stuck.due).toBeNull();
    expect(stuck.skipped).toEqual([{ date: '2026-03-05', why: 'paused' }]);
    expect(due('3 cd', '2026-03-02', open).due).toBeNull();
    expect(due('1 months', '2026-03-02', open).due).toBeNull();
    expect(fixedDue(VN, '2026-03-10', 'by', open).due).toBeNull();
    expect(fixedDue(VN, '2026-03-04', 'by', open).due).toBe('2026-03-04');
  });

  it('that begins in the days of a roll holds the roll', () => {
    expect(due('5 cd', '2026-03-02', [{ from: '2026-03-07', to: '2026-03-10' }]).due).toBe('2026-03-11');
    expect(due('5 cd', '2026-03-02', [{ from: '2026-03-07', to: null }]).due).toBeNull();
  });

  it('counts once where pauses overlap, in any order, and not at all when empty', () => {
    const parts = [
      { from: '2026-03-06', to: '2026-03-12' },
      { from: '2026-03-04', to: '2026-03-09' },
      { from: '2026-03-03', to: '2026-03-03' },
    ];
    expect(due('5 wd', '2026-03-02', parts).due).toBe('2026-03-17');
    expect(moveByPauses(VN, '2026-03-10', parts).due).toBe(moveByPauses(VN, '2026-03-10', [pause]).due);
  });

  it('follows straight on another', () => {
    const parts = [
      { from: '2026-03-04', to: '2026-03-08' },
      { from: '2026-03-08', to: '2026-03-12' },
    ];
    expect(due('5 wd', '2026-03-02', parts)).toEqual(due('5 wd', '2026-03-02', [pause]));
  });

  it('over a day that is only proposed leaves a moved date provisional', () => {
    const cal = { ...VN, proposed: ['2026-08-31'] };
    const over = { from: '2026-08-28', to: '2026-09-03' };
    expect(moveByPauses(cal, '2026-09-10', [over])).toMatchObject({ due: '2026-09-11', provisional: true });
    expect(moveByPauses(VN, '2026-09-10', [over])).toMatchObject({ due: '2026-09-11', provisional: false });
  });

  it('moves months and fixed dates by the working days within', () => {
    // 5, 6, 9-12 = 6 working days
    expect(workingDaysBetween(VN, pause.from, pause.to)).toBe(6);
    expect(due('1 months', '2026-03-02', [pause]).due).toBe('2026-04-10');
    expect(fixedDue(VN, '2026-03-20', 'by', [pause]).due).toBe('2026-03-30');
    expect(fixedDue(VN, '2026-03-21', 'before', [pause]).due).toBe('2026-03-30');
    expect(fixedDue(VN, '2026-03-03', 'by', [pause]).due).toBe('2026-03-03');
  });

  it('leaves as many working days as were left', () => {
    // on Wednesday 4/3 the 10th is 4 working days away; so it is after the 12th
    expect(moveByPauses(VN, '2026-03-10', [pause]).due).toBe('2026-03-18');
  });

  it('moves a term of months only from the event on', () => {
    expect(due('1 months', '2026-03-09', [pause]).due).toBe('2026-04-14');
    expect(due('1 months', '2026-03-12', [pause]).due).toBe('2026-04-13');
  });
});

describe('a fixed date', () => {
  it('by: inclusive, rolled forward', () => {
    expect(fixedDue(VN, '2026-04-29', 'by')).toMatchObject({ due: '2026-04-29' });
    expect(fixedDue(VN, '2026-04-30', 'by')).toMatchObject({ due: '2026-05-04', rolledFrom: '2026-04-30' });
  });

  it('before: the day before, not rolled', () => {
    expect(fixedDue(VN, '2026-03-10', 'before').due).toBe('2026-03-09');
    expect(fixedDue(VN, '2026-03-09', 'before')).toEqual({ due: '2026-03-08', provisional: false, skipped: [] });
  });
});

describe('counting back', () => {
  it.each([
    [1, '2026-03-09', '2026-03-06'],
    [2, '2026-02-25', '2026-02-23'],
    [3, '2026-02-25', '2026-02-13'],
    [5, '2024-05-07', '2024-04-26'],
    [1, '2024-05-06', '2024-05-04'],
    [0, '2026-03-09', '2026-03-09'],
  ])('%i wd before %s is %s', (n, before, day) => {
    expect(countBack(VN, { n, unit: 'wd' }, before)).toBe(day);
  });
});

describe('working days', () => {
  it.each([
    [2023, 249],
    [2024, 251],
    [2025, 250],
    [2026, 249],
  ])('of %i are %i', (year, days) => {
    expect(workingDaysBetween(VN, `${year - 1}-12-31`, `${year}-12-31`)).toBe(days);
  });

  it('are found on either side of Tết', () => {
    expect(nextWorkingDay(VN, '2026-02-14')).toBe('2026-02-23');
    expect(previousWorkingDay(VN, '2026-02-22')).toBe('2026-02-13');
    expect(nextWorkingDay(VN, '2026-02-13')).toBe('2026-02-13');
    expect(workingDaysBetween(VN, '2026-02-23', '2026-02-13')).toBe(0);
  });

  it('of FDA inspections: 15 after a Form 483 of 12/12/2025 skip Christmas and New Year', () => {
    expect(due('15 wd', '2025-12-12', [], load('us-federal')).due).toBe('2026-01-06');
  });
});

describe('against a second, naive implementation', () => {
  const MS = 86_400_000;
  const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const works = (cal: CompiledCalendar, ms: number): boolean => {
    const day = iso(ms);
    const known = day >= cal.from && day <= cal.announcedTo ? cal.days[day] : undefined;
    const free = [0, 6].includes(new Date(ms).getUTCDay());
    if (free) return known === 'work' && cal.makeUpSaturdays;
    return !['off', 'substitute', 'swapped', 'own'].includes(known ?? '');
  };
  const stands = (ms: number, pauses: Pause[]): boolean =>
    pauses.some((p) => iso(ms) > p.from && (p.to === null || iso(ms) <= p.to));
  const naive = (cal: CompiledCalendar, n: number, unit: string, after: string, pauses: Pause[]): unknown => {
    let ms = Date.parse(after);
    const last = ms + 4000 * MS;
    const asked: string[] = [];
    const counts = (): boolean => asked.push(iso(ms)) > 0 && works(cal, ms);
    for (let left = n; left > 0 && ms < last;) {
      ms += MS;
      if (!stands(ms, pauses) && (unit === 'cd' || counts())) left--;
    }
    while (ms < last && (stands(ms, pauses) || !counts())) ms += MS;
    if (ms >= last) return { due: null };
    return { due: iso(ms), provisional: asked.some((day) => day < cal.from || day > cal.announcedTo) };
  };
  const date = fc.integer({ min: 19_350, max: 20_900 }).map((n) => iso(n * MS));
  const pauses = fc.array(
    fc.record({ from: date, length: fc.option(fc.nat(40), { freq: 8 }) }).map(({ from, length }) => ({
      from,
      to: length === null ? null : addDays(from, length),
    })),
    { maxLength: 4 },
  );
  const calendar = fc.constantFrom(VN, NO_MAKE_UP);

  it('wd and cd end on the same day', () => {
    fc.assert(
      fc.property(
        calendar,
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom('wd' as const, 'cd' as const),
        date,
        pauses,
        (cal, n, unit, after, list) => {
          const result = count(cal, { n, unit }, after, list);
          expect(result).toMatchObject(naive(cal, n, unit, after, list) as object);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a fixed date keeps the working days that were left when the clock stopped', () => {
    fc.assert(
      fc.property(calendar, date, date, fc.nat(60), (cal, day, from, length) => {
        const fixed = nextWorkingDay(cal, day);
        fc.pre(from < fixed);
        const to = addDays(from, length);
        const moved = moveByPauses(cal, fixed, [{ from, to }]).due ?? '';
        expect(workingDaysBetween(cal, to, moved)).toBe(to < moved ? workingDaysBetween(cal, from, fixed) : 0);
        expect(isWorkingDay(cal, moved)).toBe(true);
      }),
    );
  });

  it('counting back undoes counting', () => {
    fc.assert(
      fc.property(calendar, date, fc.integer({ min: 1, max: 60 }), (cal, day, n) => {
        const start = nextWorkingDay(cal, day);
        expect(countBack(cal, { n, unit: 'wd' }, count(cal, { n, unit: 'wd' }, start, []).due ?? '')).toBe(start);
      }),
    );
  });
});
