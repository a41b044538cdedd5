import { inTransaction, offices, outbox, people } from '@giamsat/database';
import { createTestDatabase, type TestDatabase } from '@giamsat/database/testing';
import type { Mail } from '@giamsat/notify';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { DataSource } from 'typeorm';
import { formedCampaign, giveDirectly } from '../../../../test/bench/lab/open-cases.js';
import { readConfig } from '../config.js';
import { DeliveryActivity } from './delivery.activities.js';
import type { EndReporter } from './end-reporter.js';

describe('delivery', () => {
  let db: TestDatabase;
  let owner: DataSource;
  let engine: DataSource;
  let campaign: string;
  let caseId: string;
  let delivery: DeliveryActivity;
  let mails: Mail[];

  beforeAll(async () => {
    db = await createTestDatabase();
    [owner, engine] = [await db.open('superuser', 2), await db.open('engine', 2)];
    const app = await db.open('migrator', 2);
    const { campaignId, caseIds } = await formedCampaign(app, engine, 'vn-party-supervision@2022', [1]);
    [campaign, caseId] = [campaignId, caseIds[0]!];
    await giveDirectly(engine, 'campaign', campaign, 'coordinator', { type: 'launchWave', wave: 1, cases: 1 });
    await giveDirectly(engine, 'campaign', campaign, 'engine', { type: 'completeLaunch', wave: 1 });
    const act = { at: new Date().toISOString(), commandId: 'test', by: 'engine' } as const;
    for (const office of ['team-head', 'team-secretary']) {
      const person = await people.add(app, { name: office, email: `${office}@example.vn` }, act);
      await offices.grant(app, { person, office, scope: { case: caseId }, from: '2020-01-01' }, act);
    }
    const config = readConfig({ DATABASE_URL_ENGINE: db.urls.engine, TEMPORAL_ADDRESS: '127.0.0.1:7233' });
    const mailer = { send: async (mail: Mail) => void mails.push(mail), close: () => undefined };
    const reporter = { report: async () => true } as unknown as EndReporter;
    delivery = new DeliveryActivity(engine, mailer, config, reporter);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    mails = [];
    await owner.query(`UPDATE outbox SET state = 'unfounded', ended_at = now() WHERE state = 'waiting'`);
    await morningMoment('2099-01-01T00:00:00.000Z');
  });

  const batch = (limit = 100): ReturnType<typeof delivery.deliverBatch> =>
    new MockActivityEnvironment().run(() => delivery.deliverBatch({ limit }));
  const secondsAgo = (n: number) => new Date(Date.now() - n * 1_000).toISOString();
  /** When the next moment of every case is planned. */
  const morningMoment = (at: string) => owner.query(`UPDATE case_row SET next_moment = $1`, [at]);
  const to = () => mails.map((mail) => mail.to.name).sort();

  async function owe(office: string, count: number, kind: outbox.Notice['kind'] = 'notice'): Promise<void> {
    await inTransaction(owner, async (manager) => {
      for (let i = 0; i < count; i++)
        await manager.query(
          `INSERT INTO outbox (campaign_id, case_id, wave, office, rung, step, kind, due, binding, due_at, next_try)
           VALUES ($1, $2, 1, $3, gen_random_uuid() || '/EU+1', 'self-report', $4, '2026-03-02', true, $5, $5)`,
          [campaign, caseId, office, kind, secondsAgo(1)],
        );
    });
  }

  it('sends a correction at once while the digest of the morning still waits for a moment', async () => {
    await owe('team-head', 2);
    await owe('team-secretary', 1, 'correction');
    await morningMoment(secondsAgo(2));
    const { handled, next } = await batch();
    expect([handled, to()]).toEqual([1, ['team-secretary']]);
    expect(Date.parse(next!)).toBeGreaterThan(Date.now());
    await morningMoment('2099-01-01T00:00:00.000Z');
    expect(await batch()).toEqual({ handled: 2, next: null });
    expect(to()).toEqual(['team-head', 'team-secretary']);
  });

  it('handles at most its limit of notices and cuts nobody’s letter', async () => {
    await owe('team-head', 3);
    await owe('team-secretary', 4);
    await owe('team-head', 1);
    await owe('nobody-holds-it', 2);
    expect((await batch(5)).handled).toBe(4);
    expect(to()).toEqual(['team-head']);
    expect(mails[0]!.text.match(/^- /gm)).toHaveLength(4);
    expect((await batch(5)).handled).toBe(4);
    expect(to()).toEqual(['team-head', 'team-secretary']);
    expect(await batch(5)).toEqual({ handled: 2, next: null });
    const { items } = await outbox.ofCase(owner, { caseId, limit: 100 });
    expect(items.filter(({ state }) => state === 'nobody')).toHaveLength(2);
  });
});
