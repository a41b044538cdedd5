import { accounts } from '@giamsat/database';
import { PREFIX, ROUTES } from '@giamsat/contracts/http';
import { Controller, Get } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { createWorld, type World } from '../../../test/support/world.js';
import { checkDoors } from './http/check-doors.js';
import { createProvince, PASSWORD, type Province } from '../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../testing/start.js';

describe('the doors', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 1);
    api = await startApi(world);
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
  });

  const get = (path: string, init: RequestInit = {}) => fetch(`${api.url}${path}`, init);

  it('says that it lives, that it is ready, and describes itself', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready', postgres: true, temporal: true });
    const document = (await (await get('/api/openapi.json')).json()) as { paths: Record<string, object> };
    expect(Object.values(document.paths).flatMap(Object.keys)).toHaveLength(Object.keys(ROUTES).length);
    expect((await get('/api/docs')).status).toBe(200);
  });

  it('shuts every door of the table but the sign-in to a stranger, before it looks at anything else', async () => {
    for (const [name, route] of Object.entries(ROUTES)) {
      if (route.access === 'everybody') continue;
      const answer = await get(`${PREFIX}${route.path.replace(/:\w+/g, 'nonsense')}`, { method: route.method });
      expect({ name, status: answer.status }).toEqual({ name, status: 401 });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('answers an unknown login, a wrong password and a disabled account alike', async () => {
    const disabled = province.person['contact-1']!;
    await accounts.disable(world.owner, disabled);
    const answers = await Promise.all(
      [
        { login: 'nobody-at-all', password: PASSWORD },
        { login: 'clerk', password: 'wrong' },
        { login: 'contact-1', password: PASSWORD },
      ].map((body) => problemOf(api.anybody.login({ body }))),
    );
    expect(answers.map(({ code }) => code)).toEqual(['LOGIN_FAILED', 'LOGIN_FAILED', 'LOGIN_FAILED']);
  });

  it('makes guessing slow, for logins that exist and for others', async () => {
    for (const login of ['deputy', 'no-such-login']) {
      const codes: string[] = [];
      for (let i = 0; i < 7; i++)
        codes.push((await problemOf(api.anybody.login({ body: { login, password: 'x' } }))).code);
      expect(codes).toEqual([...Array.from({ length: 5 }, () => 'LOGIN_FAILED'), 'THROTTLED', 'THROTTLED']);
    }
  });

  it('opens to a token and to a cookie that no script can read, and closes on sign-out', async () => {
    const clerk = await api.as('clerk');
    expect(await clerk.me()).toMatchObject({
      login: 'clerk',
      offices: [{ office: 'document-office', unit: { symbol: 'TU' } }],
    });
    const signedIn = await get('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'clerk', password: PASSWORD, as: 'browser' }),
    });
    const cookie = signedIn.headers.get('set-cookie')!;
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
    const { token, csrf } = (await signedIn.json()) as { token: null; csrf: string };
    expect(token).toBeNull();
    const headers = { cookie: cookie.split(';')[0]! };
    expect(await (await get('/api/me', { headers })).json()).toMatchObject({ csrf });
    const signOut = (more: Record<string, string>) =>
      get('/api/session', { method: 'DELETE', headers: { ...headers, ...more } });
    const forged = { origin: 'https://elsewhere.example', 'x-csrf-token': csrf };
    expect(await (await signOut(forged)).json()).toMatchObject({ code: 'FOREIGN_ORIGIN' });
    expect(await (await signOut({})).json()).toMatchObject({ code: 'CSRF_MISSING' });
    expect(await (await signOut({ 'x-csrf-token': csrf.replace(/./, 'x') })).json()).toMatchObject({
      code: 'CSRF_MISSING',
    });
    const asToken = { authorization: `Bearer ${cookie.split(/[=;]/)[1]}` };
    expect((await get('/api/me', { headers: asToken })).status).toBe(401);
    expect((await signOut({ 'x-csrf-token': csrf })).status).toBe(200);
    expect((await get('/api/me', { headers })).status).toBe(401);
    await clerk.logout();
    expect((await problemOf(clerk.me())).code).toBe('UNAUTHENTICATED');
  });

  it('keeps no token: who reads the database can sign in with nothing in it', async () => {
    const token = await api.tokenOf('clerk');
    const rows: unknown[] = await world.owner.query('SELECT * FROM session');
    expect(JSON.stringify(rows)).not.toContain(token);
    const [{ id_hash: hash }] = (await world.owner.query('SELECT id_hash FROM session')) as [{ id_hash: string }];
    expect((await get('/api/me', { headers: { authorization: `Bearer ${hash.slice(0, 43)}` } })).status).toBe(401);
  });

  it('ends a session that has not been used, and one that is too old', async () => {
    const clerk = await api.as('clerk');
    const age = (column: string) => world.owner.query(`UPDATE session SET ${column} = now() - interval '2 days'`);
    await age('last_seen_at');
    expect((await problemOf(clerk.me())).code).toBe('UNAUTHENTICATED');
    const again = await api.as('clerk');
    await age('expires_at');
    expect((await problemOf(again.me())).code).toBe('UNAUTHENTICATED');
  });

  it('names every mistake of a request with its place, in both languages', async () => {
    const clerk = await api.as('clerk');
    const { errors } = await problemOf(clerk.countDue({ query: { after: '2023-02-30', rule: 'soon' } }));
    expect(errors.map(({ path }) => path)).toEqual(['query.after', 'query.rule']);
    expect((await problemOf(api.anybody.login({ body: { login: '', password: '' } }))).errors).toHaveLength(2);
  });

  it.each([
    ['no JSON', 'text/plain', '{}', 415, 'NOT_JSON'],
    ['broken JSON', 'application/json', '{"login":', 400, 'INVALID'],
    ['too much for a stranger', 'application/json', JSON.stringify({ login: 'x'.repeat(9_000) }), 413, 'TOO_LARGE'],
  ])('refuses a body that is %s', async (_, type, body, status, code) => {
    const answer = await get('/api/session', { method: 'POST', headers: { 'content-type': type }, body });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('takes characters that cannot be kept, and places that are in no list, for mistakes and not for faults', async () => {
    const clerk = await api.as('clerk');
    const after = Buffer.from('{"firstDue":null,"id":"x"}').toString('base64url');
    for (const asked of [
      api.anybody.login({ body: { login: 'a\u0000', password: 'x' } }),
      clerk.createCampaign({ body: { ownerUnit: 'TU', document: { title: 'a\u0000' } } }),
      clerk.listUnits({ query: { after: 'x' } }),
      clerk.listCampaigns({ query: { limit: 0 } }),
      clerk.listDuties({ query: { after } }),
      clerk.listTransfers({ query: { after: 'x' } }),
      clerk.getCase({ params: { id: 'x' } }),
    ])
      expect((await problemOf(asked)).code).toBe('INVALID');
    expect((await clerk.listUnits()).items.map(({ symbol }) => symbol)).toEqual(['TU', 'XA-1']);
    expect((await clerk.listPeople({ query: { limit: 200 } })).items.every(({ reachable }) => reachable)).toBe(true);
  });

  it('counts a date and says which days it left out', async () => {
    const clerk = await api.as('clerk');
    expect(await clerk.countDue({ query: { after: '2023-07-11', rule: '10 wd' } })).toMatchObject({
      due: '2023-07-25',
    });
    expect(
      (await problemOf(clerk.countDue({ query: { calendar: 'X', after: '2023-07-11', rule: '1 wd' } }))).code,
    ).toBe('NOT_FOUND');
    expect((await clerk.listProcedures()).items.map(({ id }) => id)).toContain('vn-party-supervision');
    expect((await problemOf(clerk.getProcedure({ params: { name: 'nothing' } }))).code).toBe('NOT_FOUND');
  });

  it('takes no more of a known person than the largest campaign needs', async () => {
    const headers = { authorization: `Bearer ${await api.tokenOf('clerk')}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ document: { title: 'x'.repeat(3_000_000) } });
    expect((await get('/api/campaigns/check', { method: 'POST', headers, body })).status).toBe(413);
    const smaller = JSON.stringify({ document: { title: 'x'.repeat(1_000_000) } });
    expect((await get('/api/campaigns/check', { method: 'POST', headers, body: smaller })).status).toBe(200);
  });

  it('lets its one page run what came with it, by a word that is new each time', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const page = await get('/api/docs');
        const nonce = /script-src 'nonce-([^']+)'/.exec(page.headers.get('content-security-policy')!)![1]!;
        const html = await page.text();
        const tags = html.match(/<(script|style|link)\b[^>]*>/g)!;
        expect(tags.length).toBeGreaterThan(5);
        expect(tags.every((tag) => tag.includes(`nonce="${nonce}"`))).toBe(true);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
    expect((await get('/api/docs')).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('sends the headers that browsers need, and its own request id', async () => {
    const answer = await get('/api/me');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({ requestId: answer.headers.get('x-request-id') });
  });
});

describe('the check of the doors', () => {
  it('lets no door without a policy boot', async () => {
    @Controller()
    class Backdoor {
      @Get('backdoor')
      open(): string {
        return 'in';
      }
    }
    const module = { module: class {}, imports: [DiscoveryModule], controllers: [Backdoor] };
    const app = await NestFactory.create(module, { logger: false });
    expect(() => checkDoors(app)).toThrow('Doors without a policy: Backdoor.open');
    await app.close();
  });
});
