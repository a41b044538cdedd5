import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    [['calendar', 'due', '--after', '2023-02-01', '--rule', '3 wd', '--calendar', 'XX'], 'US-federal'],
    [['calendar', 'show', 'MMXXVI'], 'bốn chữ số'],
    [['calendar', 'due'], "required option '--after"],
    [['procedure', 'check', '/no/such/file.yaml'], 'Không có tệp'],
    [['nonsense'], 'unknown command'],
  ])('%j is wrong usage, in one sentence', async (line, said) => {
    const { code, err, out } = await giamsat(line);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(said);
    expect(err).not.toMatch(/^ +at /m);
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
    expect((await giamsat('procedure show no-such@1')).code).toBe(3);
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

  it('reads a notice, and refuses what is none or is marked secret', async () => {
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
    expect((await giamsat('calendar due --help')).out).toContain('giamsat calendar due --after 2023-07-11');
  });

  it('says how to reach a server that is not there', async () => {
    const env = { GIAMSAT_HOME: folder, GIAMSAT_API: 'http://127.0.0.1:9' };
    const out = await giamsat('campaign list', env);
    expect(out).toMatchObject({ code: 4, out: '' });
    expect(out.err).toContain('giamsat login');
    expect((await giamsat('login --user a --password b', env)).err).toContain('npm start');
  });
});
