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
    world = await createWorld();
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
  });
});
