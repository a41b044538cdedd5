import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';
import { startOf } from '../apps/start/src/engines/process-identity.js';
import { createDatabase, testEnv } from './support/index.js';
import { makeHome, runStarter, type Home } from './support/start/run-starter.js';

const countOfDemos = async (home: Home): Promise<number> => {
  const client = new pg.Client({ connectionString: home.environment().DATABASE_URL_MIGRATOR });
  await client.connect();
  const { rowCount } = await client.query('SELECT 1 FROM public.demo').finally(() => client.end());
  return rowCount ?? 0;
};

const names = (records: { name: string }[]): string[] => records.map(({ name }) => name);

describe('npm start', () => {
  let home: Home;
  beforeEach(() => {
    home = makeHome();
  });
  afterEach(() => home.remove());

  it('brings everything up, keeps a second copy out, and ends it on Ctrl-C in the opposite order', async () => {
    const first = runStarter(home);
    await first.isUp();
    const records = home.running();
    expect(new Set(names(records))).toEqual(new Set(['postgres', 'temporal', 'worker', 'api']));
    expect(await countOfDemos(home)).toBe(1);

    const second = runStarter(home);
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`giamsat is already running on ${home.path} (process ${first.pid})`);
    expect(home.running()).toEqual(records);

    first.process.kill('SIGINT');
    expect(await first.ended()).toBe(0);
    expect(records.map(({ pid }) => startOf(pid))).toEqual([undefined, undefined, undefined, undefined]);
    expect(home.read('stops')).toBe('api while api temporal postgres\nworker while temporal postgres\n');
  });

  it('goes on where it was after a kill -9 of the starter, and ends what that left running', async () => {
    const killed = runStarter(home);
    await killed.isUp();
    const left = home.running();
    killed.process.kill('SIGKILL');
    await killed.ended();
    expect(left.map(({ pid, started }) => startOf(pid) === started)).toEqual([true, true, true, true]);

    const next = runStarter(home);
    await next.isUp();
    expect(next.output()).toContain('ended leftovers');
    expect(left.map(({ pid, started }) => startOf(pid) === started)).toEqual([false, false, false, false]);
    expect(await countOfDemos(home)).toBe(1);
    expect(next.output()).toContain('account: newcomer');
    next.process.kill('SIGTERM');
    expect(await next.ended()).toBe(0);
  });

  it('leaves nothing running when it is stopped half-way', async () => {
    const starter = runStarter(home);
    while (names(home.recorded()).length === 0) await once(starter.process.stdout!, 'data');
    const records = home.recorded();
    starter.process.kill('SIGINT');
    expect(await starter.ended()).toBe(0);
    expect(records.map(({ pid, started }) => startOf(pid) === started)).not.toContain(true);
    expect(home.running()).toEqual([]);
  });

  it('says which process ended by itself and ends the others', async () => {
    const starter = runStarter(home);
    await starter.isUp();
    const records = home.running();
    process.kill(records.find(({ name }) => name === 'worker')!.pid, 'SIGKILL');
    expect(await starter.ended()).toBe(1);
    expect(starter.output()).toContain('The process worker ended by itself (SIGKILL)');
    expect(records.map(({ pid, started }) => startOf(pid) === started)).not.toContain(true);
  });

  it('uses the servers named in the settings and starts none of that kind', async () => {
    const database = await createDatabase('start');
    const roles = ['MIGRATOR', 'APP', 'ENGINE', 'AUDITOR', 'ERASER'];
    const { temporalAddress, namespace } = testEnv();
    const starter = runStarter(home, {
      ...Object.fromEntries(roles.map((role) => [`DATABASE_URL_${role}`, database.url])),
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: namespace,
    });
    await starter.isUp();
    expect(names(home.running())).toEqual(['worker', 'api']);
    expect(home.environment().TEMPORAL_ADDRESS).toBe(temporalAddress);
    starter.process.kill('SIGTERM');
    expect(await starter.ended()).toBe(0);
    await database.drop();
  });

  describe('says in one sentence what is wrong, and starts nothing:', () => {
    const refusal = async (settings: NodeJS.ProcessEnv): Promise<string> => {
      const starter = runStarter(home, settings);
      expect(await starter.ended()).toBe(1);
      expect(home.recorded()).toEqual([]);
      expect(starter.output()).not.toMatch(/^ +at /m);
      return starter.output();
    };

    it('a busy port', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const output = await refusal({ GIAMSAT_API_PORT: `${port}` });
      server.close();
      expect(output).toContain(`Port ${port} is taken by another program`);
      expect(output).toContain('GIAMSAT_API_PORT');
    });

    it('no space on the disk', async () => {
      expect(await refusal({ GIAMSAT_MIN_FREE_MB: '1000000000' })).toContain('MB left of the 1000000000 MB needed');
    });

    it('neither Temporal nor Python, nor a network', async () => {
      const nowhere = 'http://127.0.0.1:9';
      const output = await refusal({
        PATH: '/nonexistent',
        GIAMSAT_CACHE: join(home.path, 'bin'),
        HTTPS_PROXY: nowhere,
        HTTP_PROXY: nowhere,
      });
      expect(output).toContain('install Python 3 with pip');
    });

    it('settings that cannot be right', async () => {
      const output = await refusal({ GIAMSAT_PG_PORT: 'none', TEMPORAL_ADDRESS: 'none' });
      expect(output).toMatch(/GIAMSAT_PG_PORT: .*/);
      expect(output).toMatch(/TEMPORAL_ADDRESS: .*/);
    });

    it('a Temporal server that does not answer', async () => {
      expect(await refusal({ TEMPORAL_ADDRESS: '127.0.0.1:9' })).toContain('The Temporal server 127.0.0.1:9');
    });
  });
});
