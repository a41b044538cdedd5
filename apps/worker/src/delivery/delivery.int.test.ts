import { randomUUID } from 'node:crypto';
import { inTransaction, offices, organisations, outbox, people } from '@giamsat/database';
import { createTestDatabase, type TestDatabase } from '@giamsat/database/testing';
import type { Mail } from '@giamsat/notify';
import type { CommandBody } from '@giamsat/procedure';
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

  async function owe(
    office: string,
    count: number,
    kind: outbox.Notice['kind'] = 'notice',
    { rung, forUnit, step = 'self-report' }: { rung?: string; forUnit?: string; step?: string } = {},
  ): Promise<void> {
    await inTransaction(owner, async (manager) => {
      for (let i = 0; i < count; i++)
        await manager.query(
          `INSERT INTO outbox (campaign_id, case_id, wave, office, for_unit, rung, step, kind, due, binding, due_at, next_try)
           VALUES ($1, $2, 1, $3, $4, $5 || '/EU+1', $6, $7, '2026-03-02', true, $8, $8)`,
          [campaign, caseId, office, forUnit ?? null, rung ?? randomUUID(), step, kind, secondsAgo(1)],
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

  it('writes about a duty to the unit that owes it when the letter goes, and never to one whose duty is another', async () => {
    const give = (office: string, body: CommandBody) => giveDirectly(engine, 'case', caseId, office, body);
    const pass = (from: string, duties: Record<string, string[]>) =>
      give('standing-signer', {
        type: 'transferUnit',
        from,
        to: [...new Set(Object.values(duties).flat())],
        duties: Object.entries(duties).map(([duty, to]) => ({
          duty,
          units: to,
          ...(to.length > 1 && { jointly: true }),
        })),
        instrument: { kind: 'QĐ' },
      });
    const accept = (unit: string) => give('unit-head', { type: 'acceptTransfer', unit });
    const letters = async () => {
      mails = [];
      await batch();
      return to();
    };
    const [first] = await owner.query<{ id: string }[]>('SELECT unit_id AS id FROM case_row WHERE id = $1', [caseId]);
    const unit: Record<string, string> = { former: first!.id };
    const act = { at: new Date().toISOString(), commandId: 'test', by: 'engine' } as const;
    for (const name of ['one', 'two', 'heir', 'rest', 'related'])
      unit[name] = await organisations.addUnit(owner, { kind: 'commune', name: `Xã ${name}`, from: '2020-01-01' }, act);
    for (const [name, id] of Object.entries(unit)) {
      const person = await people.add(owner, { name, email: `${name}@example.vn` }, act);
      await offices.grant(owner, { person, office: 'unit-contact', scope: { unit: id }, from: '2020-01-01' }, act);
    }
    await give('team-head', { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' });
    await give('team-head', { type: 'completeStep', step: 'kick-off', outcome: 'held' });
    await pass(unit.former!, { 'self-report': [unit.one!, unit.two!], '*': [unit.one!] });
    await owe('unit-contact', 1);
    expect(await letters()).toEqual(['former']);
    for (const name of ['one', 'two']) await accept(unit[name]!);
    const share = async (rung: string) => {
      for (const name of ['one', 'two']) await owe('unit-contact', 1, 'notice', { rung, forUnit: unit[name] });
    };
    await share('a');
    expect(await letters()).toEqual(['one', 'two']);
    // It waits while the share of one passes on, and all else to somebody else again.
    await share('b');
    await pass(unit.one!, { 'self-report': [unit.heir!], '*': [unit.rest!] });
    for (const name of ['heir', 'rest']) await accept(unit[name]!);
    expect(await letters()).toEqual(['heir', 'two']);
    // A correction is for who was told before, and there is nobody to tell where that unit has left the case.
    await owe('unit-contact', 1, 'correction', { rung: 'a', forUnit: unit.one });
    await owe('unit-contact', 1, 'correction', { rung: 'a', forUnit: unit.two });
    expect(await letters()).toEqual(['two']);
    // What has been done is still nobody's who did not owe it.
    await give('unit-head', { type: 'submitStep', step: 'self-report' });
    await give('team-head', { type: 'completeStep', step: 'self-report', outcome: 'accepted' });
    await owe('unit-contact', 1, 'correction', { rung: 'c' });
    for (const name of await letters()) expect(['heir', 'two']).toContain(name);
    expect(mails).toHaveLength(1);

    // A unit that owes one measure and nothing else is told of its own, not in whose case.
    const measure = randomUUID();
    await owner.query(
      `INSERT INTO case_party (case_id, campaign_id, unit_id, capacity, valid_from) VALUES ($1, $2, $3, 'related', now())`,
      [caseId, campaign, unit.related],
    );
    const step = `remediation-progress/${measure}`;
    const duties = { [step]: { owes: [unit.related] } };
    await owner.query(`UPDATE case_row SET body = jsonb_set(body, '{duties}', body->'duties' || $2) WHERE id = $1`, [
      caseId,
      JSON.stringify(duties),
    ]);
    await owe('unit-contact', 1, 'notice', { step });
    expect(await letters()).toEqual(['related']);
    const [former] = Object.values(await organisations.named(owner, [unit.former!], '2026-01-01'));
    expect(mails[0]!.text).toContain('Xã related');
    expect(mails[0]!.text).not.toContain(former!.name);
    expect(mails[0]!.text).not.toContain(caseId);
  });
});
