import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProvince } from '../../../api/testing/province.js';
import { startApi, type RunningApi } from '../../../api/testing/start.js';
import { createWorld, type World } from '../../../../test/support/world.js';
import { giamsat } from '../cli/testing.js';

const PAPER = ['--number', '15-QĐ/TU', '--date', '2025-06-16', '--on', '2025-07-01'];

/** The register of an invented province, kept with the commands that people type. */
describe('units, people and offices by the command line', () => {
  let world: World;
  let api: RunningApi;
  let home: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    world = await createWorld({ bundle: false });
    await createProvince(world.owner, 2);
    api = await startApi(world);
    home = mkdtempSync(join(tmpdir(), 'cli-register-'));
    env = { GIAMSAT_HOME: home, GIAMSAT_API: api.url, GIAMSAT_TOKEN: await api.tokenOf('coordinator'), LANG: 'en' };
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (...line: string[]) => giamsat(line, env);
  const json = async <T>(...line: string[]): Promise<T> => {
    const { code, out } = await run(...line, '--json');
    expect({ line, code, out }).toEqual({ line, code: 0, out });
    return JSON.parse(out) as T;
  };
  const done = async (...line: string[]): Promise<string> => (await json<{ id: string }>(...line)).id;
  /** Refused in one sentence and, below it, at these places; nothing on stdout, and the same as JSON. */
  const refused = async (code: number, told: string, ...line: string[]) => {
    const human = await run(...line);
    expect({ line, ...human }).toMatchObject({ line, code, out: '', err: expect.stringContaining(told) as string });
    const answer = JSON.parse((await run(...line, '--json')).out) as object;
    expect(answer).toMatchObject({ error: expect.any(String) as string, message: expect.any(String) as string });
  };

  it('keeps units as they change in time, and shows the tree of any day', async () => {
    await done(
      'org',
      'add',
      'HU-A',
      'Huyện ủy A',
      '--kind',
      'district',
      '--under',
      'TU',
      ...PAPER.slice(0, 4),
      '--on',
      '2020-01-01',
    );
    await done('org', 'add', 'XA-B', 'Đảng ủy xã B', '--kind', 'commune', '--under', 'HU-A', ...PAPER);
    await done('org', 'add', 'XA-C', 'Đảng ủy xã C', '--kind', 'commune', '--under', 'TU', ...PAPER);
    await done('org', 'move', 'XA-B', '--under', 'TU', '--number', '16-QĐ/TU', '--on', '2025-08-01');
    await done('org', 'rename', 'XA-B', 'Đảng ủy phường B', '--number', '17-QĐ/TU', '--on', '2025-08-01');
    await done('org', 'split', 'HU-A', '--into', 'XA-B', 'XA-C', '--number', '18-QĐ/TU', '--on', '2025-09-01');
    await done('org', 'merge', 'XA-C', '--into', 'XA-B', '--number', '19-QĐ/TU', '--on', '2026-01-01');
    const symbols = async (at: string) =>
      (await json<{ units: { symbol: string }[] }>('org', 'tree', '--at', at)).units.map(({ symbol }) => symbol).sort();
    expect(await symbols('2025-06-30')).toEqual(['HU-A', 'TU', 'XA-1', 'XA-2']);
    expect(await symbols('2026-01-01')).toEqual(['TU', 'XA-1', 'XA-2', 'XA-B']);
    expect((await run('org', 'tree', '--at', '2025-07-01')).out).toMatch(/^ {4}Đảng ủy xã B +XA-B/m);
    expect((await run('org', 'tree', '--at', '1900-01-01')).out).toContain('There was no unit on that day.');
    const page = await run('org', 'show', 'HU-A');
    expect(page.out).toMatch(/After it\n.*split {2}Đảng ủy phường B \(XA-B\) {2}18-QĐ\/TU/);
    await done('org', 'dissolve', 'XA-B', '--number', '20-QĐ/TU', '--on', '2026-06-01');
    expect(await json('org', 'successors')).toEqual([]);
    expect((await run('org', 'successors')).out).toContain('No case waits');
  });

  it('refuses what cannot be, naming what was typed, and changes nothing', async () => {
    const before = await json('org', 'tree');
    const number = ['--number', '21-QĐ/TU'];
    await refused(2, '--number <number> is missing', 'org', 'add', 'XA-9', 'Xã 9', '--kind', 'commune');
    await refused(2, '--number: must be a number such as', 'org', 'dissolve', 'XA-1', '--number', 'mười hai');
    await refused(2, '--on 2026-02-30: no such day', 'org', 'dissolve', 'XA-1', ...number, '--on', '2026-02-30');
    await refused(2, '--at yesterday: no such day', 'org', 'tree', '--at', 'yesterday');
    await refused(2, '<name>: must not be empty', 'org', 'rename', 'XA-1', ' ', ...number);
    await refused(1, '--under: No unit has the code NOWHERE', 'org', 'move', 'XA-1', '--under', 'NOWHERE', ...number);
    await refused(1, '<code>:', 'org', 'add', 'XA-1', 'Xã 1', '--kind', 'commune', '--under', 'TU', ...number);
    await refused(1, '--into:', 'org', 'merge', 'XA-1', '--into', 'XA-1', ...number);
    await refused(1, '<unit>:', 'org', 'dissolve', 'XA-B', ...number);
    await refused(3, 'Not found', 'org', 'show', 'NOWHERE');
    await refused(3, 'giamsat org successors', 'org', 'transfer', '--unit', 'HU-A', ...number);
    await refused(3, 'Not found', 'org', 'accept', randomUUID(), '--unit', 'XA-1');
    await refused(2, 'That is no id', 'org', 'accept', 'x', '--unit', 'XA-1');
    expect(await json('org', 'tree')).toEqual(before);
  });

  it('exports what it can import again, and imports a sheet whole or not at all, with one answer', async () => {
    const [sheet, people] = [join(home, 'all.xlsx'), join(home, 'people.csv')];
    expect(await json('org', 'export', '--to', sheet)).toMatchObject({ to: sheet });
    expect(await json('org', 'import', sheet, '--preview')).toMatchObject({
      written: false,
      mistakes: [],
      conflicts: [],
    });
    await json('org', 'export', '--to', people, '--sheet', 'people');
    const [heads] = readFileSync(people, 'utf8').split('\n');
    writeFileSync(people, `${heads}\nCB-60,Lý Thị Sáu,sau@example.vn,unit-contact,XA-2,2026-01-01,,\n`);
    expect(await json('org', 'import', people)).toMatchObject({ written: true, rows: 1 });
    writeFileSync(people, `${heads}\nCB-60,Lý Thị Bảy,sau@example.vn,unit-contact,NOWHERE,2026-01-01,,\n`);
    const told = await run('org', 'import', people, '--preview');
    expect(told).toMatchObject({ code: 1, err: '2 places to put right; nothing was written.\n' });
    expect(told.out).toMatch(/people!E2: .*NOWHERE/);
    const answer = await run('org', 'import', people, '--preview', '--json');
    expect(answer).toMatchObject({ code: 1, err: '2 places to put right; nothing was written.\n' });
    expect(JSON.parse(answer.out)).toMatchObject({ written: false, mistakes: [{ path: 'people!E2' }] });
    await refused(1, 'people!E2', 'org', 'import', people, '--on-conflict', 'update');
    await refused(2, '--choose A2: write CELL=skip', 'org', 'import', people, '--choose', 'A2');
    await refused(1, 'people!A9: Nothing differs', 'org', 'import', people, '--choose', 'people!A9=skip');
    await refused(2, 'No such file: ', 'org', 'import', join(home, 'none.xlsx'));
    await refused(2, 'This is a folder', 'org', 'import', home);
    await refused(2, 'the file has to be .xlsx or .csv', 'org', 'export', '--to', join(home, 'all.pdf'));
    await refused(2, 'There is no folder', 'org', 'export', '--to', join(home, 'none', 'all.csv'));
  });

  it('keeps people, and who may not sit in a team', async () => {
    await done('people', 'add', 'Lê Văn Mẫu', '--code', 'CB-70', '--email', 'mau@example.vn');
    await json('people', 'edit', 'CB-70', '--name', 'Lê Văn Mới');
    expect((await run('people', 'list')).out).toMatch(/Lê Văn Mới +CB-70/);
    expect((await run('people', 'recusals')).out).toBe('Nothing.\n');
    const recusal = await done(
      'people',
      'recuse',
      'CB-70',
      '--unit',
      'XA-1',
      '--reason',
      'kin',
      '--from',
      '2026-01-01',
    );
    expect(await json('people', 'recusals')).toMatchObject([{ id: recusal, reason: 'kin', unit: { symbol: 'XA-1' } }]);
    await json('people', 'recusals', '--end', recusal);
    await refused(1, '<person>', 'people', 'edit', 'NOBODY', '--name', 'X');
    await refused(2, '--name', 'people', 'edit', 'CB-70');
    await refused(1, '--code: ', 'people', 'add', 'Ai Đó', '--code', 'CB-70');
    await refused(2, '--email: ', 'people', 'add', 'Ai Đó', '--email', 'no');
    await refused(2, 'Choose: kin', 'people', 'recuse', 'CB-70', '--unit', 'XA-1', '--reason', 'mood');
    await refused(1, '--unit: ', 'people', 'recuse', 'CB-70', '--unit', 'NOWHERE', '--reason', 'kin');
  });

  it('grants, ends and takes away offices', async () => {
    const held = async (at = '2026-03-01') =>
      (await json<{ office: string }[]>('office', 'list', '--person', 'CB-70', '--at', at)).map(({ office }) => office);
    expect((await run('office', 'list', '--person', 'CB-70')).out).toBe('Nothing.\n');
    const grant = await done('office', 'grant', 'CB-70', 'area-officer', '--unit', 'TU', '--from', '2026-01-01');
    const acting = ['office', 'grant', 'CB-70', 'standing-signer', '--unit', 'TU', '--from', '2026-02-01'];
    const second = await done(...acting, '--to', '2027-01-01', '--acting-for', 'signer');
    expect(await held()).toEqual(['area-officer', 'standing-signer']);
    expect((await run('office', 'list', '--unit', 'TU')).out).toMatch(/Lê Văn Mới \(acting for Người signer\)/);
    await json('office', 'end', grant, '--on', '2026-02-15');
    await json('office', 'revoke', second);
    expect(await held()).toEqual([]);
    expect(await held('2026-02-01')).toEqual(['area-officer']);
    await refused(1, '<office>: ', 'office', 'grant', 'CB-70', 'king', '--unit', 'TU');
    await refused(1, '<person>: ', 'office', 'grant', 'coordinator', 'standing-signer', '--unit', 'TU');
    await refused(1, '--to: ', ...acting, '--acting-for', 'signer');
    await refused(2, 'exactly one of --unit', 'office', 'grant', 'CB-70', 'unit-head');
    await refused(
      2,
      '--from x: no such day',
      'office',
      'grant',
      'CB-70',
      'area-officer',
      '--unit',
      'TU',
      '--from',
      'x',
    );
    await refused(2, 'That is no id', 'office', 'end', 'x');
    await refused(1, '<grant>: ', 'office', 'revoke', randomUUID());
    await refused(3, 'Not found', 'office', 'list', '--unit', 'NOWHERE');
  });

  it('shows a unit nothing of all this, and asks whoever is nobody to sign in', async () => {
    const as = async (login: string) => ({ ...env, GIAMSAT_TOKEN: await api.tokenOf(login) });
    const head = await as('head-1');
    for (const line of ['org tree', 'people list', 'office list', 'people recusals', 'account list'])
      expect(await giamsat(line, head)).toMatchObject({ code: 3, out: '' });
    expect(await giamsat('org tree', { ...env, GIAMSAT_TOKEN: 'none' })).toMatchObject({ code: 4, out: '' });
  });
});
