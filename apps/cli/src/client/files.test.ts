import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zip } from '../../../../libs/documents/src/fixtures/docx-writer.js';
import { giamsat } from '../cli/testing.js';

describe('a campaign file', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'cli-files-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (name: string): string => join(folder, name);
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(path(name), content);
    return path(name);
  };

  it('is written with a comment above each part, in the language asked for, and never over another', async () => {
    expect(await giamsat(['campaign', 'init', '--out', path('a.yaml')])).toMatchObject({ code: 0 });
    const text = readFileSync(path('a.yaml'), 'utf8');
    expect(text).toContain(
      '# Đoàn giám sát; người ghi bằng tên đăng nhập\nteams:\n  - { id: Doan-1, head: truong-doan',
    );
    expect((await giamsat(['campaign', 'rehearse', path('a.yaml')])).code).toBe(0);
    expect(await giamsat(['campaign', 'init', '--out', path('a.yaml')])).toMatchObject({ code: 1 });
    expect(readFileSync(path('a.yaml'), 'utf8')).toBe(text);
    await giamsat(['campaign', 'init', '--out', path('b.yaml'), '--lang', 'en']);
    expect(readFileSync(path('b.yaml'), 'utf8')).toContain('# Teams; people by their login');
  });

  it('takes units, teams and waves from a sheet', async () => {
    const units = file(
      'u.xlsx',
      sheet(['Mã đơn vị', 'Đoàn', 'Đợt'], ['XA-1', 'D1', '1'], ['', '', ''], ['XA-2', 'D2', '2']),
    );
    await giamsat(['campaign', 'init', '--units', units, '--out', path('c.yaml')]);
    const text = readFileSync(path('c.yaml'), 'utf8');
    expect(text).toContain('  - { unit: XA-1, team: D1, wave: 1 }\n  - { unit: XA-2, team: D2, wave: 2 }\n');
    expect(text).toContain('- { id: D2, head: truong-doan');
    expect(text).toMatch(/waves:\n {2}- \{ wave: 1, from: .*\n {2}- \{ wave: 2/);
  });

  it.each([
    ['names each wrong cell', sheet(['unit', 'wave'], ['XA 1', '1'], ['XA-2', 'x']), ['A2: "XA 1"', 'B3: "x"']],
    ['asks for the column', sheet(['name'], ['XA-1']), ['cột "unit"']],
    ['asks for a sheet', 'unit,team\nXA-1,D1\n', ['XLSX']],
  ])('%s of a sheet that is wrong, and writes nothing', async (_, content, said) => {
    const { code, err } = await giamsat([
      'campaign',
      'init',
      '--units',
      file('u.xlsx', content),
      '--out',
      path('d.yaml'),
    ]);
    expect(code).toBe(2);
    for (const each of said) expect(err).toContain(each);
    expect(() => readFileSync(path('d.yaml'))).toThrow('ENOENT');
  });

  it('is answered with every mistake at its place', async () => {
    const wrong = file(
      'w.yaml',
      'title: 3\nprocedure: vn-party-supervision@2026\nlevel: province\nyear: 2026\nownerUnit: TU\nplan:\n  date: 2026-02-30\nsubjects:\n  - { team: D1 }\nmore: 1\n',
    );
    const { code, err } = await giamsat(['campaign', 'rehearse', wrong]);
    expect(code).toBe(2);
    expect(
      err
        .split('\n')
        .slice(1, -1)
        .map((line) => line.trim().replace(/: .*/, '')),
    ).toEqual([
      'w.yaml:1:8 title',
      'w.yaml:7:9 plan.date',
      'w.yaml:9:5 subjects.0.unit',
      expect.stringMatching(/^w\.yaml:1:1/),
    ]);
    expect(err).toContain('subjects.0.unit: còn thiếu');
    const { mistakes } = JSON.parse((await giamsat(['campaign', 'rehearse', wrong, '--json'])).out) as {
      mistakes: unknown[];
    };
    expect(mistakes).toHaveLength(4);
  });

  it.each([
    ['procedure: nothing@1', 'procedure: Không có quy trình này; hiện có: fda-483@2009'],
    ['level: village', 'level: Quy trình không có cấp này; hãy dùng: central'],
    ['calendar: MARS', 'calendar: Không có lịch này; hiện có:'],
  ])('with %s is told what there is', async (line, said) => {
    await giamsat(['campaign', 'init', '--out', path('a.yaml')]);
    const key = line.split(':')[0]!;
    const text = readFileSync(path('a.yaml'), 'utf8').replace(new RegExp(`^${key}: .*\n`, 'm'), '');
    const { code, err } = await giamsat(['campaign', 'rehearse', file('x.yaml', `${line}\n${text}`)]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('that is no YAML says where it breaks', async () => {
    const { code, err } = await giamsat(['campaign', 'rehearse', file('y.yaml', 'title: a\nteams: [\n')]);
    expect(code).toBe(2);
    expect(err).toMatch(/y\.yaml:\d+:\d+ YAML: /);
  });

  it('rehearses the same for the same seed, and belongs to its revision', async () => {
    await giamsat(['campaign', 'init', '--out', path('a.yaml')]);
    const rehearse = async (name: string, seed: string) =>
      JSON.parse(
        (
          await giamsat([
            ...['campaign', 'rehearse', path(name), '--behaviour', 'random', '--seed', seed],
            ...['--from', '2026-03-02', '--json'],
          ])
        ).out,
      ) as { revision: string; weeks: unknown[] };
    const first = await rehearse('a.yaml', '7');
    expect(await rehearse('a.yaml', '7')).toEqual(first);
    expect((await rehearse('a.yaml', '8')).weeks).not.toEqual(first.weeks);
    file('b.yaml', readFileSync(path('a.yaml'), 'utf8').replace('01-KH/TU', '09-KH/TU'));
    expect((await rehearse('b.yaml', '7')).revision).not.toBe(first.revision);
  });

  it.each([
    [['--behaviour', 'lazy'], '--behaviour'],
    [['--from', '2026-13-01'], 'không phải ngày có thật'],
  ])('is not rehearsed with %j', async (more, said) => {
    await giamsat(['campaign', 'init', '--out', path('a.yaml')]);
    const { code, err } = await giamsat(['campaign', 'rehearse', path('a.yaml'), ...more]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});

/** A workbook of one sheet with texts in its cells. */
function sheet(...rows: string[][]): Uint8Array {
  const cells = (row: string[], r: number): string =>
    row
      .map((text, c) => `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`)
      .join('');
  const data = rows.map((row, r) => `<row r="${r + 1}">${cells(row, r)}</row>`).join('');
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = (type: string, target: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
  return zip({
    '_rels/.rels': relations('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${data}</sheetData></worksheet>`,
  });
}
