import { randomBytes, randomUUID } from 'node:crypto';
import { createClient, type Client, type CommandInput } from '@giamsat/contracts/http';
import { Secret, TOTP } from 'otpauth';
import { createWorld, eventsOf, eventually, type World } from '../../../../test/support/world.js';
import type { INestApplicationContext } from '@nestjs/common';
import { startWorker } from '../../../worker/testing/start.js';
import { createProvince, documentOf, PASSWORD, type Province } from '../../testing/province.js';
import { problemOf, type RunningApi, startApi } from '../../testing/start.js';
import { Clock } from '../clock.js';

const key = () => randomUUID();
const FORMED: CommandInput = { type: 'completeStep', step: 'team-formed', outcome: 'issued' };

describe('issuing a paper', () => {
  let world: World;
  let api: RunningApi;
  let province: Province;
  let campaignId: string;
  let worker: INestApplicationContext;

  beforeAll(async () => {
    world = await createWorld();
    province = await createProvince(world.owner, 1);
    world.environment.GIAMSAT_ACCOUNT_KEY = `test:${randomBytes(32).toString('base64')}`;
    world.environment.GIAMSAT_SECOND_FACTOR = 'signers';
    worker = await startWorker(world);
    api = await startApi(world);
    const clerk = await api.as('clerk');
    const document = documentOf(province, new Clock().today()) as Record<string, unknown>;
    campaignId = (await clerk.createCampaign({ body: { ownerUnit: 'TU', document } })).id;
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
  });

  const unproven = async (login: string): Promise<Client> =>
    createClient({ baseUrl: api.url, token: await api.tokenOf(login) });
  const give = (client: Client, body: CommandInput, withKey: string = key()) =>
    client.commandCampaign({ params: { id: campaignId }, key: withKey, body });
  const events = async () => (await eventsOf(world, 'campaign', campaignId)).map(({ type }) => type);

  it('asks for the password again before the plan leaves, and not for what is only written down', async () => {
    const clerk = await unproven('clerk');
    const issue = { params: { id: campaignId }, body: { version: 1 }, key: key() };
    expect((await problemOf(clerk.issuePlan(issue))).code).toBe('PROOF_NEEDED');
    expect(await events()).toEqual([]);
    await clerk.confirmSession({ body: { password: PASSWORD } });
    expect((await clerk.issuePlan(issue)).seq).toBeGreaterThan(0);
    await world.owner.query(`UPDATE session SET confirmed_at = now() - interval '301 seconds'`);
    expect((await problemOf(give(clerk, FORMED))).code).toBe('PROOF_NEEDED');
    expect((await give(clerk, { type: 'recordPaper', paper: { kind: 'CV', number: '9-CV/TU' } })).outcome).toBe(
      'accepted',
    );
  });

  it('asks whoever signs for a second factor too; the same key goes through when both are given', async () => {
    const [signer, same] = [await api.as('signer'), key()];
    expect((await problemOf(give(signer, FORMED, same))).code).toBe('SECOND_FACTOR_NEEDED');
    const { secret } = await signer.enrolFactor();
    const code = (off: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + off * 30_000 });
    await signer.confirmFactor({ body: { code: code(0) } });
    await world.owner.query('UPDATE session SET confirmed_at = NULL');
    expect(await problemOf(give(signer, FORMED, same))).toMatchObject({ code: 'PROOF_NEEDED', params: { code: true } });
    await signer.confirmSession({ body: { password: PASSWORD, code: code(1) } });
    expect((await give(signer, FORMED, same)).outcome).toBe('accepted');
    expect((await events()).filter((type) => type === 'stepCompleted').length).toBeGreaterThan(0);
  });

  it('and any other act is not carried out for somebody who was disabled before the commit', async () => {
    const [admin, coordinator] = [await api.as('admin'), await api.as('coordinator')];
    const before = await events();
    // The commit waits for the stream, as behind another one; meanwhile the account is taken away.
    const other = world.owner.createQueryRunner();
    await other.startTransaction();
    const lock = `SELECT FROM stream WHERE kind = 'campaign' AND id = $1 FOR NO KEY UPDATE`;
    await other.query(lock, [campaignId]);
    const asked = problemOf(give(coordinator, { type: 'launchWave', wave: 1 }));
    await eventually(async () => {
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%commit_attested%' AND datname = current_database()`;
      return ((await world.owner.query(waiting)) as object[]).length > 0;
    });
    await admin.disableAccount({ params: { account: 'coordinator' } });
    await other.commitTransaction();
    await other.release();
    expect((await asked).code).toBe('GRANT_TAKEN');
    expect(await events()).toEqual(before);
    expect((await problemOf(coordinator.me())).code).toBe('UNAUTHENTICATED');
  });
});
