import { opening, partyProcedure, vietnam } from '../testing/play.js';
import { instantAt } from '../civil/instant.js';
import { rehearse, type Behaviour, type RehearsalInput } from './rehearse.js';

const input = (behaviour: Behaviour, extra: Partial<RehearsalInput> = {}): RehearsalInput => ({
  procedure: partyProcedure(),
  calendar: vietnam(),
  openings: ['a', 'b', 'c'].map((caseId) =>
    opening({ subject: { caseId, unit: `u-${caseId}`, kind: 'body', wave: 1 } }),
  ),
  start: () => instantAt('2023-07-12', '09:00', vietnam().zone),
  behaviour,
  findings: 2,
  holder: (office) => `p-${office}`,
  ...extra,
});

describe('a rehearsal', () => {
  it('plays every case to its end when all are on time, and nobody is late', () => {
    const report = rehearse(input({ kind: 'on-time' }));
    expect(report).toMatchObject({ cases: 3, closed: 3, late: 0, unreached: [] });
    expect(report.weeks.length).toBeGreaterThan(10);
    expect(report.weeks.every(({ week }) => new Date(week).getUTCDay() === 1)).toBe(true);
  });

  it('counts what lateness costs: more letters, a later end', () => {
    const onTime = rehearse(input({ kind: 'on-time' }));
    const late = rehearse(input({ kind: 'late', days: 8 }));
    const letters = (report: typeof late): number => Object.values(report.letters).reduce((a, b) => a + b, 0);
    expect(late.closed).toBe(3);
    expect(late.late).toBeGreaterThan(0);
    expect(letters(late)).toBeGreaterThan(letters(onTime));
    expect(late.endsOn! > onTime.endsOn!).toBe(true);
  });

  it('repeats itself for a seed and differs for another', () => {
    const first = rehearse(input({ kind: 'random', seed: 7 }));
    expect(rehearse(input({ kind: 'random', seed: 7 }))).toEqual(first);
    expect(rehearse(input({ kind: 'random', seed: 8 }))).not.toEqual(first);
  });

  it('names the notices that would reach nobody', () => {
    const report = rehearse(
      input({ kind: 'late', days: 8 }, { holder: (office) => (office === 'team-head' ? null : office) }),
    );
    expect(report.unreached.length).toBeGreaterThan(0);
    expect(new Set(report.unreached.map(({ office }) => office))).toEqual(new Set(['team-head']));
  });

  it('shows the deadlines around Tết', () => {
    const openings = [opening({ planDates: { 'self-report': { on: '2024-02-19', kind: 'by' } } })];
    const report = rehearse(input({ kind: 'on-time' }, { openings }));
    expect(report.nearHolidays).toEqual([{ unit: 'u1', step: 'self-report', due: '2024-02-19' }]);
  });
});
