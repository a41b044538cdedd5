import { readFileSync } from 'node:fs';
import { readCalendar, readOwnDays } from './calendar-file.js';
import { FileProblems } from './yaml-file.js';

const VN = readFileSync(new URL('../../calendars/vn.yaml', import.meta.url), 'utf8');
const GOOD = `id: X
revision: 1
name: { vi: Lịch thử, en: Trial }
zone: { transitions: [{ from: null, offsetMinutes: 420 }] }
weekend: [6, 7]
from: 2026-01-01
announcedTo: 2026-12-31
to: 2027-12-31
makeUpSaturdays: true
hours: { start: '08:00', end: '17:00' }
sources: { law: Luật }
days:
  - { on: 2026-09-01..2026-09-02, kind: holiday, name: { vi: Lễ, en: Feast }, status: announced, evidence: V, source: law }
  - { on: [2026-05-01, 2026-05-08], kind: half, name: { vi: Nửa ngày, en: Half }, status: proposed, evidence: D, source: law }
`;
const OWN = `id: VN-unit
revision: 1
extends: VN
name: { vi: Lịch riêng, en: Own }
sources: { letter: Công văn }
days:
  - { on: 2026-03-10, kind: own, name: { vi: Nghỉ, en: Off }, status: announced, evidence: V, source: letter }
`;

/** Each problem as the field and the text it points at. */
const problems = (text: string, read: (text: string, file: string) => unknown): [string, string][] => {
  try {
    read(text, 'x.yaml');
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    return error.problems.map(({ file, line, column, field, message }) => {
      expect([file, message.vi !== '', message.en !== '']).toEqual(['x.yaml', true, true]);
      return [field, text.split('\n')[line - 1]?.slice(column - 1) ?? ''];
    });
  }
  return [];
};
const replaced = (text: string, ...changes: [string, string][]): string =>
  changes.reduce((now, [from, to]) => {
    expect(now).toContain(from);
    return now.replace(from, to);
  }, text);
/** Problems are expected as [field, beginning of the text pointed at]. */
const expectProblems = (found: [string, string][], wanted: [string, string][]): void => {
  expect(found.map(([field, text], i) => [field, text.slice(0, wanted[i]?.[1].length)])).toEqual(wanted);
};
const day = (fields: string): string => `days:\n  - { name: { vi: A, en: A }, evidence: V, source: law, ${fields} }\n`;

describe('a calendar file', () => {
  it('writes ranges and lists out', () => {
    expect(readCalendar(GOOD, 'x.yaml').days.map(({ on }) => on)).toEqual([
      ['2026-09-01', '2026-09-02'],
      ['2026-05-01', '2026-05-08'],
    ]);
    expect(readCalendar(VN, 'vn.yaml').days.find(({ option }) => option === 'B')?.on).toHaveLength(10);
  });

  it.each<[string, [string, string][], [string, string][]]>([
    ['a day that does not exist', [['2026-05-08', '2026-02-29']], [['days.1.on.1', '2026-02-29']]],
    ['a range turned round', [['01..2026-09-02', '01..2026-08-02']], [['days.0.on.0', 'on: 2026-09-01..2026-08-02']]],
    ['a range too long', [['01..2026-09-02', '01..2026-12-31']], [['days.0.on.0', 'on: 2026-09-01..2026-12-31']]],
    ['an unknown kind', [['kind: half', 'kind: quarter']], [['days.1.kind', 'quarter']]],
    [
      'an unknown field',
      [['kind: half', 'sort: half']],
      [
        ['days.1.kind', '{ on: [2026-05-01'],
        ['days.1.sort', 'sort: half'],
      ],
    ],
    ['a field that is missing', [['makeUpSaturdays: true\n', '']], [['makeUpSaturdays', 'id: X']]],
    ['an unknown source', [['source: law', 'source: lore']], [['days.0.source', 'lore']]],
    ['a day listed twice', [['2026-05-08', '2026-09-02']], [['days.1.on', '[2026-05-01']]],
    ['half a Sunday', [['2026-05-08', '2026-05-10']], [['days.1.on', '[2026-05-01']]],
    ['a day outside', [['2026-05-08', '2028-05-08']], [['days.1.on', '[2026-05-01']]],
    [
      'a day announced too late',
      [['announcedTo: 2026-12-31', 'announcedTo: 2026-09-01']],
      [['days.0.status', 'announced']],
    ],
    ['an impossible order', [['\nto: 2027-12-31', '\nto: 2026-11-01']], [['announcedTo', '2026-12-31']]],
    ['no working day', [['[6, 7]', '[1, 2, 3, 4, 5, 6, 7]']], [['weekend', '[1, 2']]],
    [
      'an offset that begins late',
      [['from: null', "from: '2026-01-01T00:00:00.000Z'"]],
      [['zone.transitions', '[{ from']],
    ],
    [
      'a make-up day on a weekday',
      [['days:\n', day('kind: make-up, status: announced, on: 2026-03-10')]],
      [['days.0.on', '2026-03-10']],
    ],
    [
      'an option within the announced range',
      [['days:\n', day('on: 2026-03-10, kind: own, status: proposed, option: A')]],
      [['days.0.option', 'A }']],
    ],
    [
      'the same option twice',
      [
        ['days:\n', day('kind: own, status: proposed, option: A, on: 2027-03-10')],
        ['days:\n', day('kind: own, status: proposed, option: B, on: 2027-03-10')],
        ['days:\n', day('kind: own, status: proposed, option: A, on: 2027-03-09..2027-03-10')],
      ],
      [['days.2.on', '2027-03-10']],
    ],
  ])('says where it has %s', (_, changes, wanted) => {
    expectProblems(problems(replaced(GOOD, ...changes), readCalendar), wanted);
  });

  it('says everything at once, in the order of the lines', () => {
    const text = replaced(
      GOOD,
      ['revision: 1', 'revision: one'],
      ['2026-05-08', 'soon'],
      ['source: law', 'source: lore'],
      ['hours:', 'office:'],
    );
    expectProblems(problems(text, readCalendar), [
      ['hours', 'id: X'],
      ['revision', 'one'],
      ['office', 'office:'],
      ['days.0.source', 'lore'],
      ['days.1.on.1', 'soon'],
    ]);
  });

  it('speaks Vietnamese first', () => {
    expect(() => readCalendar(replaced(GOOD, ['2026-05-08', 'soon']), 'x.yaml')).toThrow(
      /^x\.yaml:14:\d+ days\.1\.on\.1: phải là ngày hoặc khoảng A\.\.B.* \/ must be a day or a range/,
    );
    expect(() => readCalendar(replaced(GOOD, ['revision: 1', 'revision: one']), 'x.yaml')).toThrow(
      /không hợp lệ.* \/ Invalid input/,
    );
  });

  it.each([
    ['broken YAML', 'id: [1\nrevision: }'],
    ['a key given twice', `${GOOD}id: Y\n`],
    ['an alias to nothing', 'id: *x'],
    ['nothing at all', ''],
    ['a list', '- 1'],
    ['days that are no list', GOOD.replace(/days:[^]*/, 'days: none\n')],
  ])('refuses %s', (_, text) => {
    expect(problems(text, readCalendar).length).toBeGreaterThan(0);
  });
});

describe('a file of own days', () => {
  it('is read', () => {
    expect(readOwnDays(OWN, 'x.yaml')).toMatchObject({ extends: 'VN', days: [{ on: ['2026-03-10'], kind: 'own' }] });
  });

  it.each<[string, string, [string, string]]>([
    ['kind: own', 'kind: holiday', ['days.0.kind', 'holiday']],
    ['on: 2026-03-10', 'on: [2026-03-10, 2026-03-10]', ['days.0.on', '[2026']],
    ['source: letter', 'source: hearsay', ['days.0.source', 'hearsay']],
    ['source: letter', 'source: letter, option: A', ['days.0.option', 'A }']],
    ['extends: VN\n', '', ['extends', 'id:']],
  ])('%j → %j is refused', (from, to, wanted) => {
    expectProblems(problems(replaced(OWN, [from, to]), readOwnDays), [wanted]);
  });
});
