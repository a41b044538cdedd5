import fc from 'fast-check';
import { addDays, addMonths, compareDates, dayNumber, fromDayNumber, isCivilDate, weekday } from './civil-date.js';

const day = fc.integer({ min: -719_162, max: 2_932_896 });
const utc = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);

describe('a civil date', () => {
  it.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s exists', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2023-04-31',
    '2023-00-10',
    '2023-13-01',
    '2023-01-00',
    '2023-1-1',
    '0000-01-01',
    '',
    '2023-01-01T',
    ' 2023-01-01',
    null,
    20230101,
  ])('%p does not exist', (value) => {
    expect(isCivilDate(value)).toBe(false);
  });

  it('counts days as UTC does, over all years', () => {
    fc.assert(
      fc.property(day, (n) => {
        const date = utc(n);
        expect(fromDayNumber(n)).toBe(date);
        expect(dayNumber(date)).toBe(n);
        expect(weekday(date)).toBe(new Date(n * 86_400_000).getUTCDay() || 7);
        expect(isCivilDate(date)).toBe(true);
      }),
    );
  });

  it('takes part in no arithmetic when it does not exist', () => {
    expect(() => dayNumber('2023-02-29')).toThrow(RangeError);
    expect(() => addMonths('2023-02-29', 1)).toThrow(RangeError);
  });

  it.each([
    ['2023-08-31', 6, '2024-02-29'],
    ['2022-08-31', 6, '2023-02-28'],
    ['2023-08-30', 6, '2024-02-29'],
    ['2023-10-31', 1, '2023-11-30'],
    ['2023-12-31', 2, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2023-11-15', 1, '2023-12-15'],
    ['2023-12-15', 1, '2024-01-15'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-01-31', -2, '2023-11-30'],
  ])('%s plus %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('crosses leap days and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
  });

  it('sorts', () => {
    expect(['2024-01-01', '2023-12-31', '2024-01-01'].sort(compareDates)).toEqual([
      '2023-12-31',
      '2024-01-01',
      '2024-01-01',
    ]);
  });
});
