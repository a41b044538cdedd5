import { fold, type CaseEvent } from '@giamsat/procedure';
import type { DataSource } from 'typeorm';
import * as campaigns from '../repositories/campaigns.js';
import * as launches from '../repositories/launches.js';
import { eventsOf, linesOf } from '../repositories/ledger.js';
import { commitStream } from './commit.js';
import * as outbox from '../repositories/outbox.js';
import { checkRows } from '../rows/rebuild.js';
import { draftCampaign, formedCampaign, giveTo, issuing, OPENED, type Invented } from '../testing/campaign.js';
import { commitOf, event } from '../testing/invent.js';
import { leafHash } from './events-as-parameters.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';

describe('a campaign', () => {
  let db: TestDatabase;
  let app: DataSource;
  let engine: DataSource;
  beforeAll(async () => {
    db = await createTestDatabase();
    app = await db.open('superuser');
    engine = await db.open('engine');
  });
  afterAll(() => db.drop());

  it('is saved by whoever saw the last version, and frozen once', async () => {
    const invented = await draftCampaign(app);
    const { campaign: id, version } = invented;
    expect(await campaigns.saveDraft(app, { id, version, draft: { title: 'a' } })).toBe(version + 1);
    expect(await campaigns.saveDraft(app, { id, version, draft: { title: 'b' } })).toBeNull();
    expect(await campaigns.issuePlan(app, issuing(invented))).toBeNull();
    const now = issuing({ ...invented, version: version + 1 });
    const issued = await Promise.all([campaigns.issuePlan(app, now), campaigns.issuePlan(app, now)]);
    expect(issued.filter((result) => result !== null)).toEqual([{ revision: 1, seq: now.events.length }]);
    expect(await campaigns.saveDraft(app, { id, version: version + 1, draft: {} })).toBeNull();
    expect(await campaigns.discard(app, id)).toBe(false);
    expect(await eventsOf(app, { kind: 'campaign', id })).toEqual(now.events);
    expect(await campaigns.find(app, id)).toMatchObject({ state: 'issued', revision: 1, draft: { title: 'a' } });
    expect((await campaigns.frozenPlan(app, id))?.body).toEqual({ subjects: invented.subjects });
  });

  it('launches a wave with all its cases in the transaction that records it', async () => {
    const { campaign, subjects } = await formedCampaign(app, engine, [1, 2, 1]);
    await launch(campaign, 1);
    expect(await campaigns.waves(app, campaign)).toEqual([{ wave: 1, state: 'launching', total: 2, standing: 0 }]);
    const [first, second, third] = subjects;
    const lines = await linesOf(engine, { kind: 'case', id: first!.caseId });
    expect(lines.map(({ hash }) => hash)).toEqual(lines.map(({ event }) => leafHash(event).toString('hex')));
    const state = fold(lines.map(({ event }) => event as unknown as CaseEvent));
    const campaignState = fold(await eventsOf(engine, { kind: 'campaign', id: campaign }));
    expect([state.procedure, state.calendar]).toEqual([campaignState.procedure, campaignState.calendar]);
    expect(state.opening).toMatchObject({
      scope: 'case',
      campaign,
      team: 't1',
      subject: { unit: first!.unit, wave: 1 },
    });
    expect(Object.keys(state.opening.mandate).sort()).toEqual(['plan-issued', 'programme-approved', 'team-formed']);
    expect(state.opening.mandate['team-formed']).toMatchObject({ outcome: 'issued', paper: { number: '1-QĐ/X' } });
    expect(await campaigns.findCase(app, third!.caseId)).toMatchObject({ unitId: third!.unit, ordinal: 1, wave: 1 });
    expect(await eventsOf(engine, { kind: 'case', id: second!.caseId })).toEqual([]);
    const open = await campaigns.openCases(app, { campaignId: campaign, limit: 10 });
    expect(open.items.sort()).toEqual([first!.caseId, third!.caseId].sort());
    expect(await checkRows(engine)).toEqual([]);
  });

  it('rolls a launch forward however often it is interrupted', async () => {
    const { campaign } = await formedCampaign(app, engine, [1, 1, 1]);
    await launch(campaign, 1);
    const wave = { campaignId: campaign, wave: 1 };
    const streams = await launches.toStart(engine, { ...wave, limit: 10 });
    const [one, ...others] = streams;
    for (const { id, events } of streams) expect(events).toEqual(await eventsOf(engine, { kind: 'case', id }));
    expect(one).toMatchObject({ scope: 'case' });
    expect(await launches.toStart(engine, { ...wave, after: one!.id, limit: 1 })).toEqual([others[0]]);
    expect(one!.nextMoment).not.toBeNull();
    for (let twice = 0; twice < 2; twice++)
      expect(await launches.markStanding(engine, { ...wave, caseIds: [one!.id] })).toEqual({ standing: 1, total: 3 });
    expect((await launches.toStart(engine, { ...wave, limit: 10 })).map(({ id }) => id)).toEqual(
      others.map(({ id }) => id),
    );
    await launches.markStanding(engine, { ...wave, caseIds: others.map(({ id }) => id) });
    await giveTo(engine, 'campaign', campaign, { type: 'completeLaunch', wave: 1 }, 'engine');
    expect(await campaigns.waves(app, campaign)).toEqual([{ wave: 1, state: 'standing', total: 3, standing: 3 }]);
  });

  it('counts the cases of a unit in a campaign', async () => {
    const { campaign, subjects } = await formedCampaign(app, engine, [1]);
    await launch(campaign, 1);
    await stand(campaign, 1);
    const again = { ...subjects[0]!, caseId: crypto.randomUUID(), wave: 2 };
    await giveTo(engine, 'campaign', campaign, { type: 'addSubject', subject: again }, 'coordinator');
    await launch(campaign, 2);
    expect(await campaigns.findCase(app, again.caseId)).toMatchObject({ ordinal: 2, wave: 2 });
  });

  it('is not closed while a case of it is open, whatever its own state says', async () => {
    const { campaign, subjects } = await formedCampaign(app, engine, [1]);
    await launch(campaign, 1);
    await stand(campaign, 1);
    const { length } = await eventsOf(engine, { kind: 'campaign', id: campaign });
    const close = async () => {
      const events = (c: string) => [event(length + 1, c, 'campaignClosed', { open: 0 })];
      return (await commitStream(engine, commitOf(campaign, length, { scope: 'campaign', events }))).answer;
    };
    expect(await close()).toMatchObject({ outcome: 'refused', refusal: { code: 'CASES_OPEN', params: { open: 1 } } });
    const cancel = { type: 'cancel' as const, reason: 'h' };
    await giveTo(engine, 'case', subjects[0]!.caseId, cancel, 'standing-signer');
    expect(await close()).toMatchObject({ outcome: 'accepted' });
  });

  describe('with a notice owed', () => {
    let invented: Invented;
    beforeEach(async () => {
      invented = await formedCampaign(app, engine, [1]);
      await launch(invented.campaign, 1);
      const owner = await db.open('superuser', 1);
      await owner.query(
        `INSERT INTO outbox (campaign_id, case_id, wave, office, rung, step, kind, due, binding, due_at, next_try)
         VALUES ($1, $2, 1, 'team-head', 'r', 's', 'notice', '2026-03-02', true, $3, $3)`,
        [invented.campaign, invented.subjects[0]!.caseId, OPENED],
      );
    });
    const now = OPENED;
    const claim = async () => {
      const due = await outbox.due(engine, { now });
      const own = due.filter(({ campaignId }) => campaignId === invented.campaign);
      const ids = own.map(({ id }) => id);
      return outbox.claim(engine, { now, until: '2099-01-01T00:00:00.000Z', ids });
    };

    it('tells nobody before the whole wave stands', async () => {
      expect(await claim()).toEqual([]);
      await stand(invented.campaign, 1);
      expect(await claim()).toHaveLength(1);
      expect(await claim()).toEqual([]);
    });

    it('withdraws a wave nobody was told of, and then tells nobody', async () => {
      await stand(invented.campaign, 1);
      await withdraw();
      expect(await campaigns.waves(app, invented.campaign)).toMatchObject([{ state: 'withdrawn' }]);
      expect(await claim()).toEqual([]);
    });

    it('does not withdraw a wave of which somebody is being told', async () => {
      await stand(invented.campaign, 1);
      await claim();
      expect((await withdraw()).answer).toMatchObject({ outcome: 'refused', refusal: { code: 'WAVE_TOLD' } });
      expect(await campaigns.waves(app, invented.campaign)).toMatchObject([{ state: 'standing' }]);
    });

    const withdraw = () =>
      giveTo(engine, 'campaign', invented.campaign, { type: 'withdrawWave', wave: 1, reason: 'h' }, 'coordinator');
  });

  const launch = (campaign: string, wave: number) =>
    giveTo(engine, 'campaign', campaign, { type: 'launchWave', wave, cases: 0 }, 'coordinator');
  const stand = (campaign: string, wave: number) =>
    giveTo(engine, 'campaign', campaign, { type: 'completeLaunch', wave }, 'engine');
});
