import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { compileCalendar } from '../calendar/source.js';
import { readCalendar } from '../source/calendar-file.js';
import { civilDateAt, fromMs, instantAt, instantMs, isInstant, type Zone } from './instant.js';

const zoneOf = (name: string): Zone => {
  const file = new URL(`../../calendars/${name}.yaml`, import.meta.url);
  return compileCalendar(readCalendar(readFileSync(file, 'utf8'), name)).zone;
};
const HANOI = zoneOf('vn');
const EASTERN = zoneOf('us-federal');

describe('an instant', () => {
  it('has one canonical form', () => {
    expect(isInstant('2026-01-02T03:04:05.678Z')).toBe(true);
    for (const other of [
      '2026-01-02T03:04:05Z',
      '2026-01-02T03:04:05.678+00:00',
      '2026-02-30T03:04:05.678Z',
      '2026-01-02',
      5,
    ]) {
      expect(isInstant(other)).toBe(false);
    }
    expect(fromMs(instantMs('2026-01-02T03:04:05.678Z'))).toBe('2026-01-02T03:04:05.678Z');
    expect(() => instantMs('2026-01-02')).toThrow(RangeError);
  });
});

describe('Vietnam time', () => {
  it('turns the day at 17:00 UTC', () => {
    expect(civilDateAt('2026-01-01T16:59:59.999Z', HANOI)).toBe('2026-01-01');
    expect(civilDateAt('2026-01-01T17:00:00.000Z', HANOI)).toBe('2026-01-02');
    expect(instantAt('2026-01-02', '08:00', HANOI)).toBe('2026-01-02T01:00:00.000Z');
    expect(instantAt('2026-01-02', '24:00', HANOI)).toBe(instantAt('2026-01-03', '00:00', HANOI));
  });

  it.each(['8:00', '24:01', '25:00', '08:60', ''])('refuses %p as a time', (time) => {
    expect(() => instantAt('2026-01-02', time, HANOI)).toThrow(RangeError);
  });
});

describe('US Eastern time', () => {
  it.each([
    ['2026-01-15', '08:00', '2026-01-15T13:00:00.000Z'],
    ['2026-07-15', '08:00', '2026-07-15T12:00:00.000Z'],
    ['2026-03-08', '00:00', '2026-03-08T05:00:00.000Z'],
    ['2026-03-08', '01:59', '2026-03-08T06:59:00.000Z'],
    // never shown: moves on by the gap of one hour
    ['2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
    ['2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
    ['2026-03-08', '24:00', '2026-03-09T04:00:00.000Z'],
    // shown twice: the first
    ['2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
    ['2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
    ['2026-11-01', '24:00', '2026-11-02T05:00:00.000Z'],
    ['2009-03-07', '12:00', '2009-03-07T17:00:00.000Z'],
    ['2030-12-01', '12:00', '2030-12-01T17:00:00.000Z'],
  ])('%s %s is %s', (date, time, instant) => {
    expect(instantAt(date, time, EASTERN)).toBe(instant);
  });

  it('agrees with the zone database of the machine from 2009 to 2030', () => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' });
    const from = Date.UTC(2009, 0, 2);
    fc.assert(
      fc.property(fc.integer({ min: from, max: Date.UTC(2030, 11, 31) }), (ms) => {
        expect(civilDateAt(fromMs(ms), EASTERN)).toBe(format.format(ms));
      }),
    );
  });

  it('finds each transition as the machine does', () => {
    const hour = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', timeZoneName: 'longOffset' });
    const offset = (ms: number): string | undefined =>
      hour.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value;
    for (const { from, offsetMinutes } of EASTERN.transitions.slice(1)) {
      const ms = instantMs(from ?? '');
      expect(offset(ms)).toBe(`GMT-0${-offsetMinutes / 60}:00`);
      expect(offset(ms - 1)).not.toBe(offset(ms));
    }
    expect(EASTERN.transitions).toHaveLength(45);
  });
});
