import { zipSync } from 'fflate';
import { apply, check, type RegisterAct } from '../acts.js';
import type { Register } from '../register.js';
import { headingsOf, PERSON_COLUMNS, UNIT_COLUMNS } from './columns.js';
import { planImport, type KnownPerson, type OnConflict, type Surroundings } from './plan.js';
import { readSheets, type Sheet } from './read.js';
import { rowsOf } from './rows.js';
import { writeCsv, writeXlsx } from './write.js';

const UNITS = headingsOf(UNIT_COLUMNS);
const PEOPLE = headingsOf(PERSON_COLUMNS);
const add = (unit: string, symbol: string, parent: string | null): RegisterAct => ({
  type: 'addUnit',
  unit,
  kind: 'commune',
  symbol,
  name: `Đảng ủy ${symbol}`,
  parent,
  on: '2020-01-01',
  instrument: null,
});
const register = [add('u0', 'TU', null), add('u1', 'XA-1', 'u0'), add('u2', 'XA-2', 'u0')].reduce<Register>(
  (so, act) => {
    expect(check(so, act, '2026-01-01')).toEqual([]);
    return apply(so, act);
  },
  new Map(),
);
const clerk: KnownPerson = {
  id: 'p1',
  name: 'Lê Văn Mẫu',
  email: 'mau@example.vn',
  kept: true,
  offices: [{ grant: 'g1', office: 'unit-head', unit: 'u1', from: '2020-01-01', to: null, actingFor: null }],
};
const around = (more: Partial<Surroundings> = {}): Surroundings => {
  let n = 0;
  return {
    register,
    people: new Map([['cb-1', clerk]]),
    offices: ['unit-head', 'unit-contact', 'coordinator'],
    today: '2026-01-01',
    holds: () => true,
    isWhole: true,
    importer: 'me',
    newId: () => `new-${++n}`,
    ...more,
  };
};
const tried = (
  sheets: Sheet[],
  onConflict: OnConflict = 'stop',
  more: Partial<Surroundings> = {},
  choices: Record<string, OnConflict> = {},
) => planImport(rowsOf(sheets), around(more), onConflict, choices);
const units = (...rows: string[][]): Sheet => ({ name: 'Đơn vị', rows: [UNITS, ...rows] });
const people = (...rows: string[][]): Sheet => ({ name: 'Người', rows: [PEOPLE, ...rows] });
const places = (mistakes: { path: string; code: string }[]) => mistakes.map(({ path, code }) => `${path} ${code}`);

const SIZE = 21 * 1024 * 1024;
const BOMB = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(SIZE) }, { level: 1 }));

describe('a file', () => {
  const sheets = [units(['XA-3', 'Đảng ủy xã Ba', 'commune', 'TU', '2025-07-01']), people(['CB-2', '=HYPERLINK("x")'])];

  it('comes back from XLSX and CSV as it was written, and no cell of it is a formula', async () => {
    const bytes = await writeXlsx(sheets);
    const read = (await readSheets('a.xlsx', bytes)) as Sheet[];
    expect(read.map(({ name, rows }) => [name, rows[1]!.slice(0, 2)])).toEqual([
      ['Đơn vị', ['XA-3', 'Đảng ủy xã Ba']],
      ['Người', ['CB-2', '=HYPERLINK("x")']],
    ]);
    const csv = writeCsv(sheets[1]!);
    for (const cell of ['=1', '+1', '-1', '@x', '\t=1', '\n1', ' =1', '＝1']) {
      const head = ['a', 'b'];
      const written = writeCsv({ name: '', rows: [head, ['x', cell]] });
      expect(written.toString().split('x,')[1]!.replace(/^"/, '')[0]).toBe("'");
      expect(await readSheets('x.csv', written)).toEqual([{ name: 'x', rows: [head, ['x', cell.trim()]] }]);
    }
    expect(csv.toString()).toContain(`"'=HYPERLINK(""x"")"`);
    expect(await readSheets('people.csv', csv)).toEqual([
      { name: 'people', rows: [PEOPLE, ['CB-2', '=HYPERLINK("x")']] },
    ]);
  });

  it('may be separated by semicolons, and has its lines as a spreadsheet counts them', async () => {
    const body = `${UNITS.join(';')}\r\n\r\n"XA-9";"dòng\nhai";commune;TU;32/1/2026\r\n`;
    const { mistakes } = rowsOf((await readSheets('x/units.csv', Buffer.from(body))) as Sheet[]);
    expect(places(mistakes)).toEqual(['units!E3 CELL_DATE']);
    expect(mistakes[0]!.message.vi).toContain('01/07/2025');
  });

  it.each<[string, Buffer | Promise<Buffer>, string]>([
    ['nothing', Buffer.alloc(0), 'FILE_UNREADABLE'],
    ['no text', Buffer.from([0xff, 0xfe, 0x41, 0x00]), 'FILE_UNREADABLE'],
    ['half a zip', Buffer.from('PK\u0003\u0004nothing more'), 'FILE_UNREADABLE'],
    ['a zip that is no workbook', Buffer.from(zipSync({ 'a.txt': Buffer.from('x') })), 'FILE_UNREADABLE'],
    ['a bomb', BOMB, 'FILE_TOO_LARGE'],
    ['too many rows', Buffer.from(`mã,tên,loại,từ ngày\n${'a,b,c,2020-01-01\n'.repeat(5001)}`), 'TOO_MANY_ROWS'],
    [
      'a cell in the last corner',
      Buffer.from(
        zipSync({
          'xl/worksheets/sheet1.xml': Buffer.from('<sheetData><row r="1"><c r="XFD1048576"/></row></sheetData>'),
        }),
      ),
      'TOO_MANY_ROWS',
    ],
  ])('is refused when it is %s', async (_, bytes, code) => {
    expect(await readSheets('f', await bytes)).toMatchObject({ code, message: { vi: expect.any(String) as string } });
  });

  it('that lies about what it holds is not inflated past the bound', async () => {
    // both headers now say one byte
    const size = Buffer.alloc(4);
    size.writeUInt32LE(SIZE);
    const one = Buffer.from([1, 0, 0, 0]);
    const liar = Buffer.from(
      BOMB.toString('latin1').replaceAll(size.toString('latin1'), one.toString('latin1')),
      'latin1',
    );
    expect(liar.equals(BOMB)).toBe(false);
    expect(await readSheets('f', liar)).toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(BOMB.length).toBeLessThan(200_000);
  });
});

describe('rows', () => {
  it('name every wrong cell at once, each with its remedy in both languages', () => {
    const { mistakes } = tried([
      {
        name: 'Sheet1',
        rows: [
          [...UNITS, 'Màu', 'symbol'],
          ['', 'x', 'Xã', 'TU', '2025-02-30', 'QĐ', '', '2025-01-01'],
          ['a b', 'x'.repeat(201), 'commune', 'TU', '1/7/2025'],
        ],
      },
      people(['CB-9', '', 'not an address'], ['CB-8', 'Ai Đó', '', 'unit-head', '', '1.7.2025']),
      {
        name: 'Khác',
        rows: [
          ['a', 'b'],
          ['1', '2'],
        ],
      },
    ]);
    expect(places(mistakes)).toEqual([
      'Sheet1!I1 COLUMN_UNKNOWN',
      'Sheet1!J1 COLUMN_TWICE',
      'Sheet1!A2 CELL_EMPTY',
      'Sheet1!E2 CELL_DATE',
      'Sheet1!G2 CELL_EMPTY',
      'Sheet1!A3 CELL_CODE',
      'Sheet1!B3 CELL_TOO_LONG',
      'Người!B2 CELL_EMPTY',
      'Người!C2 CELL_EMAIL',
      'Người!E3 CELL_EMPTY',
      'Khác!A1 SHEET_UNKNOWN',
    ]);
    expect(mistakes.every(({ message }) => message.vi && message.en && message.vi !== message.en)).toBe(true);
  });

  it('become acts, parents first, with people and their offices', () => {
    const plan = tried([
      people(
        ['CB-2', 'Trần Thị Hai', 'hai@example.vn', 'unit-head', 'TO-1', '1/7/2025'],
        ['CB-2', 'Trần Thị Hai', '', 'unit-contact', 'TO-1', '2025-07-01'],
        ['CB-3', 'Ngô Văn Ba', '', 'unit-head', 'TO-1', '2025-08-01', '2025-09-01', 'CB-2'],
      ),
      units(
        ['TO-1', 'Chi bộ Một', 'cell', 'XA-3', '2025-07-01'],
        ['XA-3', 'Đảng ủy xã Ba', 'Xã', 'TU', '01/07/2025', 'QĐ', '9-QĐ/TU', '2025-06-16'],
      ),
    ]);
    expect(plan.mistakes).toEqual([]);
    expect(plan.entries.map(({ kind, does, subject }) => `${does} ${kind} ${subject}`)).toEqual([
      'add unit XA-3',
      'add unit TO-1',
      'add person CB-2',
      'add office CB-2 unit-head TO-1',
      'add office CB-2 unit-contact TO-1',
      'add person CB-3',
      'add office CB-3 unit-head TO-1',
    ]);
    expect(plan.writes[0]).toMatchObject({
      kind: 'unit',
      act: { unit: 'new-1', kind: 'commune', instrument: { number: '9-QĐ/TU' }, on: '2025-07-01' },
    });
    expect(plan.writes.at(-1)).toMatchObject({ kind: 'office', unit: 'new-2', to: '2025-09-01', actingFor: 'new-3' });
  });

  it('that are there already do nothing, those that differ are for a person to decide', () => {
    const sheet = [
      units(
        ['XA-1', 'Đảng ủy XA-1', 'commune', 'TU', '2020-01-01'],
        ['XA-2', 'Đảng ủy xã Hai', 'commune', 'XA-1', '2025-07-01'],
      ),
      people(['CB-1', 'Lê Văn Mẫu', 'moi@example.vn', 'unit-head', 'XA-1', '2020-01-01', '2025-07-01']),
    ];
    const stop = tried(sheet);
    expect(places(stop.conflicts)).toEqual(['Đơn vị!A3 CONFLICT', 'Người!A2 CONFLICT', 'Người!D2 CONFLICT']);
    expect(stop.conflicts.map(({ params }) => params!.fields)).toEqual(['name, parent', 'email', 'to']);
    const skip = tried(sheet, 'skip');
    expect(skip.writes).toEqual([]);
    expect(skip.entries.map(({ does }) => does)).toEqual(['same', 'skip', 'skip', 'skip']);
    const update = tried(sheet, 'update');
    expect(update.writes).toMatchObject([
      { act: { type: 'renameUnit', unit: 'u2', on: '2025-07-01' } },
      { act: { type: 'moveUnit', unit: 'u2', parent: 'u1' } },
      { kind: 'person', id: 'p1', isNew: false, email: 'moi@example.vn' },
      { kind: 'officeEnd', grant: 'g1', to: '2025-07-01' },
    ]);
    const each = { 'Đơn vị!A3': 'skip', 'Người!A2': 'update' } as const;
    expect(places(tried(sheet, 'stop', {}, each).conflicts)).toEqual(['Người!D2 CONFLICT']);
    const chosen = tried(sheet, 'skip', {}, each);
    expect([chosen.conflicts, chosen.mistakes]).toEqual([[], []]);
    expect(chosen.writes).toMatchObject([{ kind: 'person', email: 'moi@example.vn' }]);
    expect(places(tried(sheet, 'update', {}, { 'Đơn vị!A2': 'skip' }).mistakes)).toEqual(['Đơn vị!A2 NO_CONFLICT']);
  });

  it.each<[string, Sheet[], Partial<Surroundings>, string[]]>([
    ['a parent that nobody knows', [units(['X', 'x', 'commune', 'NIL', '2025-01-01'])], {}, ['Đơn vị!D2 UNIT_UNKNOWN']],
    [
      'a circle in the sheet',
      [units(['A', 'a', 'cell', 'B', '2025-01-01'], ['B', 'b', 'cell', 'A', '2025-01-01'])],
      {},
      ['Đơn vị!D2 UNIT_UNKNOWN', 'Đơn vị!D3 UNIT_UNKNOWN'],
    ],
    [
      'one code with two contents',
      [units(['X', 'x', 'cell', 'TU', '2025-01-01'], ['X', 'y', 'cell', 'TU', '2025-01-01'])],
      {},
      ['Đơn vị!A3 ROW_TWICE'],
    ],
    ['another kind', [units(['XA-1', 'Đảng ủy XA-1', 'chi bộ', 'TU', '2025-01-01'])], {}, ['Đơn vị!C2 KIND_FIXED']],
    ['no kind', [units(['XA-9', 'Đảng ủy XA-9', 'ward', 'TU', '2025-01-01'])], {}, ['Đơn vị!C2 KIND_UNKNOWN']],
    [
      'a change under the last one',
      [units(['XA-1', 'Tên', 'commune', 'TU', '2019-01-01'])],
      {},
      ['Đơn vị!A2 UNIT_NOT_YET'],
    ],
    [
      "somebody else's unit",
      [units(['X', 'x', 'cell', 'TU', '2025-01-01'])],
      { holds: () => false },
      ['Đơn vị!D2 UNIT_NOT_YOURS'],
    ],
    [
      'a root by who keeps no root',
      [units(['X', 'x', 'cell', '', '2025-01-01'])],
      { isWhole: false },
      ['Đơn vị!D2 UNIT_NOT_YOURS'],
    ],
    [
      'an office nobody knows',
      [people(['CB-1', 'Lê Văn Mẫu', '', 'king', 'XA-1', '2025-01-01'])],
      {},
      ['Người!D2 OFFICE_UNKNOWN'],
    ],
    [
      'an office that is held',
      [people(['CB-1', 'Lê Văn Mẫu', '', 'unit-head', 'XA-1', '2025-01-01'])],
      {},
      ['Người!F2 OFFICE_TWICE'],
    ],
    [
      'an office for the importer',
      [people(['CB-1', 'Lê Văn Mẫu', '', 'coordinator', 'TU', '2025-01-01'])],
      { importer: 'p1' },
      ['Người!A2 NOT_TO_ONESELF'],
    ],
    [
      'acting for nobody, and without an end',
      [
        people(
          ['CB-5', 'Ai', '', 'unit-head', 'XA-2', '2025-01-01', '2025-02-01', 'CB-1'],
          ['CB-6', 'Ai', '', 'unit-head', 'XA-1', '2025-01-01', '', 'CB-1'],
        ),
      ],
      {},
      ['Người!H2 ACTING_FOR_NOBODY', 'Người!G3 ACTING_NEEDS_END'],
    ],
    [
      "another's entry",
      [people(['CB-1', 'Tên Khác'])],
      { people: new Map([['cb-1', { ...clerk, kept: false }]]) },
      ['Người!A2 PERSON_NOT_YOURS'],
    ],
  ])('refuse %s', (_, sheets, more, expected) => {
    const { mistakes } = tried(sheets, 'update', more);
    expect(places(mistakes)).toEqual(expected);
  });
});
