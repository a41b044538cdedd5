import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { giamsat } from '../cli/testing.js';

describe('commands that need no server', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'cli-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it('counts a term and says why, for people and for programs', async () => {
    const { code, out } = await giamsat(['calendar', 'due', '--after', '2023-08-15', '--rule', '30 wd']);
    expect(code).toBe(0);
    expect(out).toContain('30 ngày làm việc sau 15/08/2023: 28/09/2023');
    expect(out).toContain('04/09/2023  Nghỉ bù Quốc khánh');
    const json = await giamsat(['calendar', 'due', '--after', '2026-01-16', '--rule', '30 cd', '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ due: '2026-02-23', rolledFrom: '2026-02-15', provisional: false });
    const late = await giamsat(['calendar', 'due', '--after', '2026-12-28', '--rule', '10 wd', '--lang', 'en']);
    expect(late.out).toContain('Provisional');
  });

  it.each([
    [['calendar', 'due', '--after', '2023-02-30', '--rule', '3 wd'], 'không phải ngày có thật'],
    [['calendar', 'due', '--after', '2023-02-01', '--rule', 'soon'], 'viết số và đơn vị'],
    [['calendar', 'show', 'MMXXVI'], 'bốn chữ số'],
    [['calendar', 'due'], 'Thiếu --after <date>. Xem: giamsat calendar due --help'],
    [['procedure', 'check', '/no/such/file.yaml'], 'Không có tệp'],
    [['procedure', 'check', '/'], 'thư mục'],
    [['nonsense'], 'Không có lệnh nonsense'],
    [['calendar', 'shwo', '2026'], 'Có phải show?'],
    [['procedure'], 'giamsat procedure'],
    [['procedure', 'list', '--nonsense'], 'Không có tùy chọn --nonsense'],
    [['procedure', 'show', 'a', 'b'], 'không nhận nhiều tham số'],
    [['procedure', 'list', '--lang', 'fr'], 'vi, en'],
    [['procedure', 'list', '--lang'], 'cần một giá trị'],
  ])('%j is wrong usage, in one sentence', async (line, said) => {
    const { code, err, out } = await giamsat(line);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
    expect(err).not.toMatch(/^ +at /m);
  });

  it('answers wrong usage to a program as JSON', async () => {
    const { code, out, err } = await giamsat('calendar due --json --lang en');
    expect({ code, err }).toEqual({ code: 2, err: '' });
    expect(JSON.parse(out)).toEqual({
      error: 'usage',
      message: '--after <date> is missing. See: giamsat calendar due --help',
    });
    expect((await giamsat('calendar show 2026 --calendar XX')).code).toBe(3);
  });

  it.each([
    ['2023-07-11', '10 wd', '25/07/2023'],
    ['11/07/2023', '10 ngày làm việc', '25/07/2023'],
    ['2023-08-15', '40 nlv', '12/10/2023'],
    ['2023-08-31', '6 months', '29/02/2024'],
    ['2026-08-20', '5 wd', '26/08/2026'],
  ])('counts %s + %s = %s', async (after, rule, due) => {
    const { code, out } = await giamsat(['calendar', 'due', '--after', after, '--rule', rule]);
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: expect.stringContaining(`: ${due}`) });
  });

  it('names each day left out with its source, and the make-up day that counts', async () => {
    const { out } = await giamsat(['calendar', 'due', '--after', '2025-12-24', '--rule', '11 wd']);
    expect(out).toContain('Nghỉ hằng tuần, không tính:\n  27/12/2025, 28/12/2025, 03/01/2026, 04/01/2026');
    expect(out).toContain('02/01/2026  Nghỉ hoán đổi với thứ Bảy 10/01 — Văn bản 9859/VPCP-KGVX');
    expect(out).toContain('Ngày làm bù, có tính:\n  10/01/2026  Làm bù cho 02/01 — Văn bản 9859/VPCP-KGVX');
    const month = await giamsat(['calendar', 'due', '--after', '2023-08-31', '--rule', '6 months']);
    expect(month.out).toContain('không có ngày 31');
  });

  it('says what an announcement may still change', async () => {
    const { out } = await giamsat(['calendar', 'due', '--after', '2027-01-25', '--rule', '5 wd']);
    expect(out).toContain('Tạm tính: lịch mới công bố đến 31/12/2026');
    expect(out).toMatch(/04\/02\/2027 – 10\/02\/2027 .*Hai phương án/);
    const early = await giamsat(['calendar', 'due', '--after', '1990-01-01', '--rule', '5 wd', '--lang', 'en']);
    expect(early.out).toContain('Provisional: the calendar begins on 01/01/2023');
  });

  it('cites the Vietnamese Civil Code for the Vietnamese calendar only', async () => {
    const line = ['calendar', 'due', '--after', '2026-06-01', '--rule', '15 wd'];
    expect((await giamsat(line)).out).toContain('Bộ luật Dân sự 2015');
    const { out } = await giamsat([...line, '--calendar', 'US-federal']);
    expect(out).toContain(': 23/06/2026');
    expect(out).not.toContain('Bộ luật');
  });

  it('shows which days a new calendar changes, and mistakes in it by place', async () => {
    const known = readFileSync(new URL('../../../../libs/procedure/calendars/vn.yaml', import.meta.url), 'utf8');
    const same = await giamsat(['calendar', 'preview', file('same.yaml', known)]);
    expect(same.out).toContain('0 ngày thay đổi');
    const later = known
      .replace('announcedTo: 2026-12-31', 'announcedTo: 2027-01-31')
      .replace('revision: 1', 'revision: 2');
    const { code, out } = await giamsat(['calendar', 'preview', file('later.yaml', later)]);
    expect(code).toBe(0);
    expect(out).toContain('01/01/2027  làm việc → nghỉ  Tết Dương lịch');
    const bad = await giamsat(['calendar', 'preview', file('bad.yaml', known.replace('kind: holiday', 'kind: party'))]);
    expect(bad.code).toBe(2);
    expect(bad.err).toMatch(/bad\.yaml:\d+:\d+ days/);
  });

  it('shows a year with its swapped days and how many are worked', async () => {
    const { out } = await giamsat('calendar show 2026');
    expect(out).toContain('24/11/2026');
    expect(out).toContain('249 ngày làm việc');
  });

  it('shows a procedure with the basis and the evidence of each figure', async () => {
    const { out } = await giamsat('procedure show vn-party-supervision@2022');
    expect(out).toContain('Hướng dẫn 02-HD/UBKTTW ngày 12/9/2017 (điểm 2.2 Điều 11) [V]');
    expect(out).toContain('mốc do đơn vị đặt');
    const lines = out.split('\n').map((line) => line.trim());
    const dues = lines.filter((line) => line.startsWith('hạn:'));
    expect(new Set(dues).size).toBeGreaterThan(20);
    for (const date of ['ngày nhận', 'ngày văn bản'])
      expect(out).toContain(`10 ngày làm việc sau “Triển khai quyết định, kế hoạch” xong (${date})`);
    expect(lines).toContain('không vượt: Thời gian giám sát');
    expect(lines).toContain('sau hạn 15 ngày làm việc: Đầu mối của đơn vị, Thường trực ký văn bản, Bí thư cấp ủy');
    expect((await giamsat('procedure show no-such@1')).code).toBe(3);
  });

  it('shows every shipped procedure in both languages', async () => {
    const all = JSON.parse((await giamsat('procedure list --json')).out) as { id: string; version: string }[];
    expect(all.length).toBeGreaterThan(3);
    for (const { id, version } of all)
      for (const lang of ['vi', 'en']) {
        const { code, out } = await giamsat(`procedure show ${id}@${version} --lang ${lang}`);
        expect({ code, holes: /undefined|NaN|\[object/.exec(out) }).toEqual({ code: 0, holes: null });
      }
  });

  it('names every mistake of a procedure file with its place', async () => {
    const path = file(
      'p.yaml',
      'like: vn-party-supervision@2022\nid: own\nversion: "1"\nsteps:\n  kick-off:\n    remind: Rx\n    ladder: EX\n',
    );
    const { code, err } = await giamsat(['procedure', 'check', path]);
    expect(code).toBe(2);
    expect(err).toMatch(/p\.yaml:6:\d+/);
    expect(err).toMatch(/p\.yaml:7:\d+/);
  });

  it('reads a notice part by part, with the place of each, and what blocks it', async () => {
    const path = fileURLToPath(new URL('../../../../libs/documents/src/fixtures/wrong-recipient.txt', import.meta.url));
    const { code, out } = await giamsat(['notice', 'read', path]);
    expect(code).toBe(0);
    for (const part of ['Ưu điểm', 'Hạn chế', 'Nguyên nhân', 'Phương hướng', 'Văn bản dẫn chiếu', 'Nơi nhận'])
      expect(out).toMatch(new RegExp(`── ${part} \\(\\d+\\)`));
    expect(out).toMatch(/✗ +\d+:\d+ +RECIPIENT_UNIT_MISMATCH: .*Phải xác nhận/);
    expect(out).not.toMatch(/undefined|NaN|\[object/);
    const json = await giamsat(['notice', 'read', path, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ blocked: true, notice: { kind: { code: 'TB' } } });
    const clean = await giamsat(['notice', 'read', path.replace('wrong-recipient', 'clean'), '--json']);
    expect(JSON.parse(clean.out)).toMatchObject({ blocked: false, findings: [] });
  });

  it('refuses a paper that is no notice or is marked secret', async () => {
    const none = await giamsat(['notice', 'read', file('n.txt', 'Kính gửi các đồng chí, xin mời họp.')]);
    expect(none.code).toBe(1);
    const secret = await giamsat([
      'notice',
      'read',
      file('s.txt', 'TỐI MẬT\nTHÔNG BÁO\nkết luận giám sát đối với Đảng ủy xã A'),
    ]);
    expect(secret.code).toBe(1);
    expect(secret.out).toBe('');
    expect(secret.err).not.toContain('xã A');
  });

  it('prints help with examples and its exit codes', async () => {
    const { code, out } = await giamsat('--help');
    expect(code).toBe(0);
    expect(out).toContain('Mã kết thúc');
    expect((await giamsat('--help --lang en')).out).toContain('Exit codes:\n  0  done');
  });

  it('has examples and the common options in the help of every command', async () => {
    const without: string[] = [];
    const walk = async (path: string[]): Promise<void> => {
      const { out } = await giamsat([...path, '--help', '--lang', 'en']);
      const [, listed = ''] = out.split('\nCommands:\n');
      const children = [...listed.split('\n\n')[0]!.matchAll(/^ {2}([a-z]\S*)/gm)].map(([, name]) => name!);
      for (const child of children.filter((name) => name !== 'help')) await walk([...path, child]);
      const isTold = out.includes(`\n  giamsat ${path.join(' ')}`) && out.includes('--json');
      if (children.length === 0 && !isTold) without.push(path.join(' '));
    };
    await walk([]);
    expect(without).toEqual([]);
  });

  it('says how to reach a server that is not there', async () => {
    const env = { GIAMSAT_HOME: folder, GIAMSAT_API: 'http://127.0.0.1:9' };
    const out = await giamsat('campaign list', env);
    expect(out).toMatchObject({ code: 4, out: '' });
    expect(out.err).toContain('giamsat login');
    expect((await giamsat('login --user a --password b', env)).err).toContain('npm start');
  });
});
