import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type RunningApi } from '../../../api/testing/start.js';
import { createWorld, type World } from '../../../../test/support/world.js';
import { giamsat } from '../cli/testing.js';

const FIRST = 'một lần rồi thôi nhé';
const OWN = 'ngựa chạy trên đồi vắng';

describe('accounts by the command line, from an empty installation on', () => {
  let world: World;
  let api: RunningApi;
  let home: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    world = await createWorld({
      bundle: false,
      change: { GIAMSAT_ACCOUNT_KEY: `test:${randomBytes(32).toString('base64')}` },
    });
    api = await startApi(world);
    home = mkdtempSync(join(tmpdir(), 'cli-accounts-'));
    env = { GIAMSAT_HOME: home, GIAMSAT_API: api.url, DATABASE_URL_MIGRATOR: world.db.url, LANG: 'en' };
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (line: string[], secrets: Record<string, string> = {}) => giamsat(line, { ...env, ...secrets });
  const json = async (line: string[], secrets: Record<string, string> = {}): Promise<never> =>
    JSON.parse((await run([...line, '--json'], secrets)).out) as never;
  const NEW = ['account', 'first', 'quan.tri', '--name', 'Trần Mai Lan', '--unit', 'TU'];

  it('makes the first administrator on the server, once', async () => {
    expect(await run(NEW)).toMatchObject({ code: 2, err: expect.stringContaining('GIAMSAT_NEW_PASSWORD') as string });
    const secret = { GIAMSAT_NEW_PASSWORD: FIRST };
    expect(await run(NEW, secret)).toMatchObject({ code: 2, err: expect.stringContaining('--unit-name') as string });
    expect((await run([...NEW, '--unit-name', 'Tỉnh ủy Thử'], secret)).code).toBe(0);
    expect(await run(NEW, secret)).toMatchObject({ code: 1, err: expect.stringContaining('already') as string });
  });

  it('changes a one-time password at the first sign-in, by the rules', async () => {
    const signIn = ['login', '--user', 'quan.tri', '--password', FIRST];
    const weak = await run(signIn, { GIAMSAT_NEW_PASSWORD: 'quan.tri' });
    expect(weak.code).toBe(2);
    expect(weak.err).toMatch(/next: A password needs at least 12 characters[^]*next: A password must not contain/);
    expect((await run(signIn, { GIAMSAT_NEW_PASSWORD: OWN })).code).toBe(0);
    expect((await run(signIn)).code).toBe(4);
  });

  it('asks for the password again before it touches the accounts of others, and shows what it gave once', async () => {
    const create = ['account', 'create', 'van.thu', '--name', 'Lý Thu Hà'];
    const asked = await run(create);
    expect(asked).toMatchObject({ code: 2, err: expect.stringContaining('asks for your password again') as string });
    const proof = { GIAMSAT_PASSWORD: OWN };
    const { password } = (await json(create, proof)) as { password: string };
    expect(password).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    const listed = await run(['account', 'list']);
    expect(listed.out).toMatch(/van\.thu\s+Lý Thu Hà\s+password not changed yet/);
    expect(listed.out).not.toContain(password);
    expect((await run(['account', 'disable', 'van.thu'])).out).toContain('disabled');
    expect((await run(['account', 'enable', 'van.thu'])).out).not.toContain('disabled');
    const { password: another } = (await json(['account', 'reset-password', 'van.thu'])) as { password: string };
    expect(another).not.toBe(password);
  });

  it('lists one’s sessions and ends one', async () => {
    expect((await run(['login', '--user', 'quan.tri', '--password', OWN])).code).toBe(0);
    const items = (await json(['me', 'sessions'])) as { id: string; current: boolean }[];
    expect(items.length).toBeGreaterThan(1);
    const other = items.find(({ current }) => !current)!;
    expect((await run(['me', 'sessions', '--end', other.id])).code).toBe(0);
    expect((await json(['me', 'sessions'])) as object[]).toHaveLength(items.length - 1);
    expect((await run(['me', 'sessions', '--end', other.id])).code).toBe(3);
    expect((await run(['me', 'sessions', '--end', 'x'])).code).toBe(2);
  });

  it('refuses what is no login, no account and not for oneself, with a remedy', async () => {
    const proof = { GIAMSAT_PASSWORD: OWN };
    const wrong: [number, string, ...string[]][] = [
      [3, 'Not found', 'account', 'disable', 'nobody'],
      [3, 'Not found', 'account', 'reset-password', 'nobody'],
      [1, 'taken', 'account', 'create', 'van.thu', '--name', 'Ai Khác'],
      [2, '<login>', 'account', 'create', 'hai chữ', '--name', 'Ai Khác'],
      [2, '--email', 'account', 'create', 'ai.khac', '--name', 'Ai Khác', '--email', 'no'],
      [2, '--name', 'account', 'create', 'ai.khac'],
      [2, '--person', 'account', 'create', 'ai.khac', '--person', 'x'],
      [1, 'may not', 'account', 'disable', 'quan.tri'],
      [2, 'is missing', 'account', 'create'],
    ];
    for (const [code, told, ...line] of wrong) {
      const { err, ...ended } = await run(line, proof);
      expect({ line, ...ended }).toEqual({ line, code, out: '' });
      expect({ line, err }).toEqual({ line, err: expect.stringContaining(told) as string });
      const { error } = (await json(line, proof)) as { error: string };
      expect(error).toEqual(expect.any(String));
    }
  });

  it('changes one’s password and sets up a second factor, each by what only its owner has', async () => {
    const next = 'gió thổi qua cầu tre';
    expect((await run(['me', 'password'])).code).toBe(2);
    expect((await run(['me', 'password'], { GIAMSAT_PASSWORD: 'wrong', GIAMSAT_NEW_PASSWORD: next })).code).toBe(1);
    const changed = await run(['me', 'password', '--json'], { GIAMSAT_PASSWORD: OWN, GIAMSAT_NEW_PASSWORD: next });
    expect({ code: changed.code, answer: JSON.parse(changed.out) as unknown }).toEqual({
      code: 0,
      answer: { changed: true },
    });
    const enrol = ['me', 'second-factor'];
    const asked = await run(enrol, { GIAMSAT_PASSWORD: next });
    expect(asked).toMatchObject({ code: 2, out: '', err: expect.stringContaining('GIAMSAT_CODE') as string });
    expect(asked.err).toContain('otpauth://');
    const wrong = await run([...enrol, '--json'], { GIAMSAT_PASSWORD: next, GIAMSAT_CODE: '000000' });
    expect(JSON.parse(wrong.out)).toMatchObject({ error: 'refused', code: 'PROOF_WRONG' });
    expect(await run(['whoami', '--json'])).toMatchObject({ code: 0 });
  });
});
