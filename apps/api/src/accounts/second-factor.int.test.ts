import { randomBytes } from 'node:crypto';
import { createClient, type Client } from '@giamsat/contracts/http';
import { Secret, TOTP } from 'otpauth';
import { createWorld, type World } from '../../../../test/support/world.js';
import { createProvince, PASSWORD } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

/** Moves only when it is told to, so that a code stays the code of its half-minute. */
class HandClock extends Clock {
  private moved = 0;
  private readonly started = Date.now();
  override now(): string {
    return new Date(this.started + this.moved).toISOString();
  }
  pass(seconds: number): void {
    this.moved += seconds * 1000;
  }
}

describe('the second factor', () => {
  let world: World;
  let api: RunningApi;
  const clock = new HandClock();
  let signer: Client;
  let secret: string;
  let recoveryCodes: string[];

  beforeAll(async () => {
    world = await createWorld();
    await createProvince(world.owner, 1);
    world.environment.GIAMSAT_ACCOUNT_KEY = `test:${randomBytes(32).toString('base64')}`;
    world.environment.GIAMSAT_SECOND_FACTOR = 'signers';
    api = await startApi(world, { clock });
    signer = await api.as('signer');
  });
  afterAll(async () => {
    await api?.close();
    await world?.close();
  });
  beforeEach(() => world.owner.query('DELETE FROM try_count'));

  const codeOf = async (answer: Promise<unknown>) => (await problemOf(answer)).code;
  const now = (off = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.parse(clock.now()) + off * 30_000 });
  const login = (code?: string, password: string = PASSWORD) =>
    api.anybody.login({ body: { login: 'signer', password, ...(code && { code }) } });

  it('is asked of whoever holds an office that issues, and of nobody else', async () => {
    expect((await signer.me()).secondFactor).toEqual({ enrolled: false, required: true });
    expect((await (await api.as('clerk')).me()).secondFactor).toEqual({ enrolled: false, required: false });
  });

  it('is set up with the password given again, and counts after its first code', async () => {
    const unproven = createClient({ baseUrl: api.url, token: await api.tokenOf('signer') });
    expect(await codeOf(unproven.enrolFactor())).toBe('PROOF_NEEDED');
    expect(await codeOf(signer.confirmFactor({ body: { code: '000000' } }))).toBe('NOT_FOUND');
    const proposed = await signer.enrolFactor();
    secret = proposed.secret;
    expect(proposed.uri).toContain(`secret=${secret}`);
    expect(proposed.uri).toMatch(/^otpauth:\/\/totp\/giamsat:signer\?/);
    expect((await login()).token).toHaveLength(43);
    expect(await codeOf(signer.confirmFactor({ body: { code: now(5) } }))).toBe('PROOF_WRONG');
    ({ recoveryCodes } = await signer.confirmFactor({ body: { code: now() } }));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await signer.me()).secondFactor.enrolled).toBe(true);
  });

  it('lies sealed in the database, and its recovery codes as hashes', async () => {
    const rows = JSON.stringify([
      await world.owner.query('SELECT * FROM second_factor'),
      await world.owner.query('SELECT * FROM recovery_code'),
    ]);
    expect(rows).toContain('test.');
    expect(rows).not.toContain(secret);
    for (const code of recoveryCodes) expect(rows).not.toContain(code);
  });

  it('is asked for at sign-in, once the password was right, and takes no code twice', async () => {
    expect(await codeOf(login(undefined, 'wrong'))).toBe('LOGIN_FAILED');
    expect(await codeOf(login())).toBe('CODE_NEEDED');
    // The code that confirmed it is spent too.
    expect(await codeOf(login(now()))).toBe('LOGIN_FAILED');
    clock.pass(30);
    expect((await login(now())).token).toHaveLength(43);
    expect(await codeOf(login(now()))).toBe('LOGIN_FAILED');
    expect(await codeOf(login(now(-1)))).toBe('LOGIN_FAILED');
  });

  it('allows a clock to be half a minute off, and not more', async () => {
    clock.pass(300);
    expect(await codeOf(login(now(-2)))).toBe('LOGIN_FAILED');
    expect(await codeOf(login(now(2)))).toBe('LOGIN_FAILED');
    expect((await login(now(1))).token).toHaveLength(43);
  });

  it('takes each recovery code once', async () => {
    expect((await login(recoveryCodes[0]!.toUpperCase())).token).toHaveLength(43);
    expect(await codeOf(login(recoveryCodes[0]))).toBe('LOGIN_FAILED');
    expect((await login(recoveryCodes[1])).token).toHaveLength(43);
  });

  it('goes with the password when that is given again', async () => {
    clock.pass(300);
    const here = createClient({ baseUrl: api.url, token: (await login(now())).token! });
    expect(await problemOf(here.enrolFactor())).toMatchObject({ code: 'PROOF_NEEDED', params: { code: true } });
    expect(await codeOf(here.confirmSession({ body: { password: PASSWORD } }))).toBe('CODE_NEEDED');
    expect(await codeOf(here.confirmSession({ body: { password: PASSWORD, code: now() } }))).toBe('PROOF_WRONG');
    expect(await codeOf(here.confirmSession({ body: { password: 'wrong', code: now(1) } }))).toBe('PROOF_WRONG');
    await here.confirmSession({ body: { password: PASSWORD, code: now(1) } });
    await here.enrolFactor();
    // Until the new one is confirmed the old one goes on.
    clock.pass(60);
    expect((await login(now())).token).toHaveLength(43);
  });

  it('is guessed at ever more slowly', async () => {
    clock.pass(300);
    const here = createClient({ baseUrl: api.url, token: (await login(now())).token! });
    const codes: string[] = [];
    for (let i = 0; i < 6; i++)
      codes.push(await codeOf(here.confirmSession({ body: { password: PASSWORD, code: '000000' } })));
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'PROOF_WRONG'), 'THROTTLED']);
  });

  it('is taken away by an administrator together with the password, when it is lost', async () => {
    const admin = await api.as('admin');
    const body = { secondFactor: true };
    const { password } = await admin.resetPassword({ params: { account: 'signer' }, body });
    expect((await login(undefined, password)).mustChange).toBe(true);
    expect(await world.owner.query('SELECT FROM recovery_code')).toEqual([]);
  });
});
