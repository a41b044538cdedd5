import { jest } from '@jest/globals';
import { createClient } from '@giamsat/contracts/http';
import { accounts, hashPassword, ledger, newId, offices } from '@giamsat/database';
import { createWorld, type World } from '../../../../test/support/world.js';
import { createProvince, PASSWORD, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Passwords } from './passwords.js';
import { networkOf } from './network.js';

const GOOD = 'ngựa chạy trên đồi vắng';

describe('accounts', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 2);
    api = await startApi(world);
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
  });
  afterEach(() => world.owner.query('DELETE FROM try_count'));

  const login = (who: string, password: string = PASSWORD) => api.anybody.login({ body: { login: who, password } });
  const codeOf = async (answer: Promise<unknown>) => (await problemOf(answer)).code;
  /** Whoever has to wait waits long, however slow the machine is. */
  const prolong = () => world.owner.query('UPDATE try_count SET tries = 15 WHERE tries >= 5');
  const withToken = (token: string) => createClient({ baseUrl: api.url, token });

  describe('signing in', () => {
    it('does the same work, and no more, for who exists and who does not', async () => {
      const verify = jest.spyOn(Passwords.prototype as unknown as { verify(a: string, b: string): unknown }, 'verify');
      await accounts.disable(world.owner, province.person['contact-2']!);
      for (const [who, password] of [
        ['clerk', 'wrong'],
        ['nobody-at-all', 'wrong'],
        ['contact-2', PASSWORD],
      ] as const) {
        verify.mockClear();
        expect(await codeOf(login(who, password))).toBe('LOGIN_FAILED');
        expect(verify).toHaveBeenCalledTimes(1);
        expect(verify.mock.calls[0]![0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      }
      verify.mockRestore();
    });

    it('is slowed for an account across processes and restarts, and free again after a success', async () => {
      const other = await startApi(world);
      const body = { login: 'adviser', password: 'wrong' };
      for (let i = 0; i < 5; i++)
        expect(await codeOf((i % 2 ? other : api).anybody.login({ body }))).toBe('LOGIN_FAILED');
      await prolong();
      expect(await codeOf(other.anybody.login({ body }))).toBe('THROTTLED');
      await other.close();
      const again = await startApi(world);
      expect(await codeOf(again.anybody.login({ body: { ...body, password: PASSWORD } }))).toBe('THROTTLED');
      await again.close();
      await world.owner.query(`UPDATE try_count SET last_at = last_at - interval '15 minutes'`);
      expect((await login('ADVISER')).person.id).toBe(province.person.adviser);
      expect(await world.owner.query('SELECT FROM try_count')).toEqual([]);
    });

    it('is slowed for who guesses elsewhere, and not for its owner where he has signed in before', async () => {
      const signIn = (more: object, password = PASSWORD) =>
        api.anybody.login({ body: { login: 'chief', password, ...more } });
      const { device } = await signIn({});
      const other = (await login('clerk')).device!;
      const guess = async (who: string, more: object) => {
        const codes = [];
        for (let i = 0; i < 6; i++) {
          if (i === 5) await prolong();
          codes.push(await codeOf(api.anybody.login({ body: { login: who, password: 'wrong', ...more } })));
        }
        return codes;
      };
      const slowed = [...Array.from({ length: 5 }, () => 'LOGIN_FAILED'), 'THROTTLED'];
      expect(await guess('chief', {})).toEqual(slowed);
      // A device of somebody else, and one that nobody gave out, are no better than none.
      for (const more of [{}, { device: other }, { device: 'x'.repeat(43) }])
        expect(await codeOf(signIn(more))).toBe('THROTTLED');
      expect((await signIn({ device })).device).toBe(device);
      // Whoever stole it guesses no faster, and keeps nobody else waiting; who exists is not told apart by it.
      expect(await guess('chief', { device })).toEqual(slowed);
      expect(await guess('no-such-login', { device })).toEqual(slowed);
      await world.owner.query('DELETE FROM try_count WHERE key NOT LIKE $1', ['%:%']);
      expect((await signIn({ device: other })).device).toBe(other);
      expect(await codeOf(signIn({ device }))).toBe('THROTTLED');
    });

    it('lets a browser keep that in a cookie that no script reads', async () => {
      const send = (password: string, cookie = '') =>
        fetch(`${api.url}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie },
          body: JSON.stringify({ login: 'secretary', password, as: 'browser' }),
        });
      const first = await send(PASSWORD);
      const set = first.headers.getSetCookie().find((each) => each.startsWith('giamsat_device='))!;
      expect(set).toMatch(/HttpOnly; SameSite=Strict/);
      expect(await first.json()).toMatchObject({ device: null });
      for (let i = 0; i < 5; i++) await send('wrong');
      await prolong();
      expect((await send(PASSWORD)).status).toBe(429);
      expect((await send(PASSWORD, set.split(';')[0])).status).toBe(200);
    });

    it('doubles the wait up to a quarter of an hour, and forgets after one', async () => {
      const wait = async (tries: number, ago: string): Promise<number> => {
        const sql = `SELECT wait_after($1, clock_timestamp() - $2::interval, 5) AS seconds`;
        return ((await world.owner.query(sql, [tries, ago])) as [{ seconds: number }])[0].seconds;
      };
      expect([await wait(4, '0 s'), await wait(5, '0 s'), await wait(8, '0 s')]).toEqual([0, 1, 8]);
      expect([await wait(500, '0 s'), await wait(500, '899.5 s'), await wait(500, '15 min')]).toEqual([900, 1, 0]);
      expect(await wait(500, '61 min')).toBe(0);
    });

    it('counts tries one after the other, however many come at once', async () => {
      const body = { login: 'area', password: 'wrong' };
      const codes = await Promise.all(Array.from({ length: 12 }, () => codeOf(api.anybody.login({ body }))));
      expect(codes.filter((code) => code === 'LOGIN_FAILED')).toHaveLength(5);
    });

    it('lets a province behind one address in, while the address is slow for guesses at who exists', async () => {
      const morning = Object.keys(province.person).filter((who) => who !== 'contact-2');
      await Promise.all(morning.map((who) => codeOf(login(who, 'mistyped')).then(() => login(who))));
      const tries = async (): Promise<number> => {
        const sql = 'SELECT tries FROM try_count WHERE key = $1';
        const rows = (await world.owner.query(sql, [networkOf({ ip: '127.0.0.1' })])) as { tries: number }[];
        return rows[0]?.tries ?? 0;
      };
      expect(await tries()).toBe(0);
      expect(await codeOf(login('nobody-1'))).toBe('LOGIN_FAILED');
      expect(await tries()).toBe(1);
      await world.owner.query('UPDATE try_count SET tries = 60');
      await world.owner.query('DELETE FROM known_network WHERE person_id = $1', [province.person.deputy]);
      // Neither who exists nor who does not is told apart by the wait; who has been here before is let in.
      expect(await codeOf(login('nobody-2'))).toBe('THROTTLED');
      expect(await codeOf(login('deputy'))).toBe('THROTTLED');
      expect((await login('clerk')).person.id).toBe(province.person.clerk);
    });

    it('sends away, with a time to come back, who finds the queue full; the others are served', async () => {
      const small = await startApi({
        ...world,
        environment: { ...world.environment, GIAMSAT_PASSWORD_HASHES: '1', GIAMSAT_PASSWORD_QUEUE: '2' },
      });
      const body = { login: 'chief', password: PASSWORD };
      await world.owner.query('DELETE FROM try_count');
      const answers = await Promise.allSettled(
        Array.from({ length: 5 }, (_, i) => small.anybody.login({ body: i < 4 ? body : { ...body, login: 'clerk' } })),
      );
      const refused = answers.filter((answer) => answer.status === 'rejected');
      expect(refused.length).toBeGreaterThan(0);
      expect(answers.length - refused.length).toBeGreaterThanOrEqual(3);
      for (const { reason } of refused) expect(reason).toMatchObject({ problem: { code: 'BUSY' }, retryAfter: 3 });
      await small.close();
    });

    it('knows no account of the demo in production, whose password everybody has', async () => {
      const person = province.person['head-2']!;
      const passwordHash = await hashPassword(PASSWORD);
      await accounts.setPassword(world.owner, { personId: person, login: 'head-2', passwordHash, isDemo: true });
      const token = (await login('head-2')).token!;
      const production = await startApi({
        ...world,
        environment: {
          ...world.environment,
          NODE_ENV: 'production',
          GIAMSAT_ACCOUNT_KEY: world.environment.GIAMSAT_PAYLOAD_KEY!,
          GIAMSAT_ATTEST_KEY: world.environment.GIAMSAT_PAYLOAD_KEY!,
        },
      });
      expect(await codeOf(production.anybody.login({ body: { login: 'head-2', password: PASSWORD } }))).toBe(
        'LOGIN_FAILED',
      );
      expect(await codeOf(createClient({ baseUrl: production.url, token }).me())).toBe('UNAUTHENTICATED');
      await production.close();
    });
  });

  describe('sessions', () => {
    it('are listed and ended by their owner alone', async () => {
      const [here, there] = [withToken((await login('signer')).token!), withToken((await login('signer')).token!)];
      const { items } = await here.listSessions();
      expect(items.filter(({ current }) => current)).toHaveLength(1);
      const other = (await there.listSessions()).items.find(({ current }) => current)!;
      expect(items.find(({ id }) => id === other.id)).toMatchObject({ kind: 'token', current: false });
      const stranger = await api.as('stranger');
      expect(await codeOf(stranger.endSession({ params: { id: other.id } }))).toBe('NOT_FOUND');
      expect((await there.me()).login).toBe('signer');
      await here.endSession({ params: { id: other.id } });
      expect(await codeOf(there.me())).toBe('UNAUTHENTICATED');
      expect((await here.me()).login).toBe('signer');
    });

    it('get a new id at every sign-in, and the one before ends', async () => {
      const before = (await login('member')).token!;
      const answer = await fetch(`${api.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${before}` },
        body: JSON.stringify({ login: 'member', password: PASSWORD }),
      });
      const { token } = (await answer.json()) as { token: string };
      expect(token).not.toBe(before);
      expect(await codeOf(withToken(before).me())).toBe('UNAUTHENTICATED');
      expect((await withToken(token).me()).login).toBe('member');
    });

    it('may send only so much, over all processes, and others go on', async () => {
      const environment = { ...world.environment, GIAMSAT_REQUESTS_PER_MINUTE: '3' };
      const [limited, process] = await Promise.all([
        startApi({ ...world, environment }),
        startApi({ ...world, environment }),
      ]);
      const [a, b] = await Promise.all(['leader', 'scribe'].map((who) => limited.tokenOf(who)));
      const me = (token: string, { url } = limited) => createClient({ baseUrl: url, token }).me();
      for (const each of [limited, process, limited]) await me(a!, each);
      await expect(me(a!, process)).rejects.toMatchObject({ problem: { code: 'TOO_MANY' }, retryAfter: 20 });
      await expect(me(a!)).rejects.toMatchObject({ problem: { code: 'TOO_MANY' }, retryAfter: 20 });
      expect((await me(b!)).login).toBe('scribe');
      await world.owner.query(`UPDATE pace SET at = at - interval '20 seconds'`);
      expect((await me(a!, process)).login).toBe('leader');
      await expect(me(a!)).rejects.toMatchObject({ problem: { code: 'TOO_MANY' } });
      await Promise.all([limited.close(), process.close()]);
    });
  });

  describe('their administration', () => {
    it('does not exist for anybody else, and asks an administrator for the password again', async () => {
      const coordinator = await api.as('coordinator');
      expect(await codeOf(coordinator.listAccounts())).toBe('NOT_FOUND');
      expect(await codeOf(coordinator.disableAccount({ params: { account: 'clerk' } }))).toBe('NOT_FOUND');
      const unproven = withToken((await login('admin')).token!);
      expect((await unproven.listAccounts({ query: { limit: 200 } })).items.map((each) => each.login)).toContain(
        'clerk',
      );
      expect(await codeOf(unproven.disableAccount({ params: { account: 'clerk' } }))).toBe('PROOF_NEEDED');
      expect((await withToken((await login('clerk')).token!).me()).login).toBe('clerk');
    });

    it('opens a person’s account with a password that is only good for choosing another', async () => {
      const admin = await api.as('admin');
      const body = { login: 'mai.lan', name: 'Trần Mai Lan' };
      const { password, person } = await admin.createAccount({ body });
      expect(await codeOf(admin.createAccount({ body: { ...body, login: 'MAI.LAN' } }))).toBe('LOGIN_TAKEN');
      expect(await codeOf(admin.createAccount({ body: { login: 'other', person } }))).toBe('LOGIN_TAKEN');
      const { token, mustChange } = await login('mai.lan', password);
      expect(mustChange).toBe(true);
      const lan = withToken(token!);
      expect(await codeOf(lan.listCampaigns())).toBe('PASSWORD_CHANGE_NEEDED');
      expect(await codeOf(lan.changePassword({ body: { password: 'x', next: GOOD } }))).toBe('PROOF_WRONG');
      const weak = await problemOf(lan.changePassword({ body: { password, next: 'mai.lan' } }));
      expect(weak.errors.map(({ path, code }) => `${path} ${code}`)).toEqual(
        expect.arrayContaining(['next TOO_SHORT', 'next HAS_LOGIN']),
      );
      const elsewhere = withToken((await login('mai.lan', password)).token!);
      await lan.changePassword({ body: { password, next: GOOD } });
      expect((await lan.listCampaigns()).items).toEqual([]);
      expect(await codeOf(elsewhere.me())).toBe('UNAUTHENTICATED');
      expect(await codeOf(login('mai.lan', password))).toBe('LOGIN_FAILED');
      expect((await login('mai.lan', GOOD)).mustChange).toBe(false);
    });

    it('gives one-time passwords that pass', async () => {
      const admin = await api.as('admin');
      const { password } = await admin.resetPassword({ params: { account: 'head-1' }, body: {} });
      expect(await codeOf(login('head-1'))).toBe('LOGIN_FAILED');
      await world.owner.query(`UPDATE account SET one_time_until = now() - interval '1 second' WHERE login = 'head-1'`);
      expect(await codeOf(login('head-1', password))).toBe('LOGIN_FAILED');
    });

    it('shuts an account at once, and never one’s own', async () => {
      const [admin, commission] = [await api.as('admin'), await api.as('commission')];
      expect((await commission.me()).login).toBe('commission');
      await admin.disableAccount({ params: { account: 'commission' } });
      expect(await codeOf(commission.me())).toBe('UNAUTHENTICATED');
      expect(await codeOf(login('commission'))).toBe('LOGIN_FAILED');
      await admin.enableAccount({ params: { account: province.person.commission! } });
      expect((await login('commission')).person.id).toBe(province.person.commission);
      expect(await codeOf(admin.disableAccount({ params: { account: 'admin' } }))).toBe('NOT_ALLOWED');
      expect(await codeOf(admin.disableAccount({ params: { account: 'no-such' } }))).toBe('NOT_FOUND');
      const id = province.person.commission!;
      const events = await ledger.eventsOf<{ type: string; by: object }>(world.owner, { kind: 'person', id });
      const by = { actor: province.person.admin, capacity: 'administrator' };
      expect(events.slice(1).map(({ type, by: whose }) => [type, whose])).toEqual([
        ['accountDisabled', by],
        ['accountEnabled', by],
      ]);
    });

    it('is shared by whom an administrator appoints', async () => {
      const admin = await api.as('admin');
      const { password } = await admin.createAccount({
        body: { login: 'thu.hai', name: 'Vũ An', administrator: true },
      });
      const second = withToken((await login('thu.hai', password)).token!);
      await second.changePassword({ body: { password, next: GOOD } });
      expect((await second.listAccounts()).items.length).toBeGreaterThan(0);
      expect((await second.listCampaigns()).items).toEqual([]);
    });

    it('ends with the office, at the next request', async () => {
      const person = province.person.stranger!;
      const act = () => ({ at: new Date().toISOString(), commandId: newId(), by: 'engine' as const });
      const given = { person, office: 'administrator', scope: { unit: province.owner }, from: '2020-01-01' };
      const grant = await offices.grant(world.owner, given, act());
      const stranger = await api.as('stranger');
      expect((await stranger.listAccounts()).items.length).toBeGreaterThan(0);
      await offices.revoke(world.owner, { grant }, act());
      expect(await codeOf(stranger.listAccounts())).toBe('NOT_FOUND');
      const below = { ...given, scope: { unit: province.units[0]! } };
      await offices.grant(world.owner, below, act());
      expect(await codeOf(stranger.listAccounts())).toBe('NOT_FOUND');
    });
  });
});
