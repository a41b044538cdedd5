import type { DataSource } from 'typeorm';
import { inTransaction } from './data-source.js';
import * as campaigns from './repositories/campaigns.js';
import { formedCampaign, giveTo } from './testing/campaign.js';
import { createTestDatabase, type TestDatabase } from './testing/index.js';

/** A wave is withdrawn by one act as long as nobody was told of it (see ledger/launch) and nobody has worked on it. */
describe('the withdrawal of a wave', () => {
  let db: TestDatabase;
  let app: DataSource;
  let engine: DataSource;
  beforeAll(async () => {
    db = await createTestDatabase();
    app = await db.open('superuser');
    engine = await db.open('engine');
  });
  afterAll(() => db.drop());

  async function standing() {
    const { campaign, subjects } = await formedCampaign(app, engine, [1, 1]);
    await giveTo(engine, 'campaign', campaign, { type: 'launchWave', wave: 1, cases: 2 }, 'coordinator');
    await giveTo(engine, 'campaign', campaign, { type: 'completeLaunch', wave: 1 }, 'engine');
    return { campaign, cases: subjects.map(({ caseId }) => caseId) };
  }
  const withdraw = (campaign: string) =>
    giveTo(engine, 'campaign', campaign, { type: 'withdrawWave', wave: 1, reason: 'h' }, 'coordinator');
  const actOn = (caseId: string) => giveTo(engine, 'case', caseId, { type: 'recordPaper' }, 'team-secretary');
  const begun = (wave: number, cases: number) => ({
    outcome: 'refused',
    refusal: { code: 'WAVE_BEGUN', params: { wave, cases } },
  });
  const gone = { outcome: 'refused', refusal: { code: 'CASE_ENDED', params: { how: 'cancelled' } } };

  it('is refused once somebody has done anything in one of its cases, and says in how many', async () => {
    const { campaign, cases } = await standing();
    expect((await actOn(cases[0]!)).answer).toMatchObject({ outcome: 'accepted' });
    expect((await withdraw(campaign)).answer).toMatchObject(begun(1, 1));
    await actOn(cases[1]!);
    expect((await withdraw(campaign)).answer).toMatchObject(begun(1, 2));
    expect(await campaigns.waves(app, campaign)).toMatchObject([{ state: 'standing' }]);
  });

  it('does not mind what the engine has written; afterwards only the engine writes', async () => {
    const { campaign, cases } = await standing();
    await giveTo(engine, 'case', cases[0]!, { type: 'changeTeam', team: 't2' }, 'engine');
    expect((await withdraw(campaign)).answer).toMatchObject({ outcome: 'accepted' });
    expect((await actOn(cases[1]!)).answer).toMatchObject(gone);
    const cancelled = await giveTo(engine, 'case', cases[1]!, { type: 'cancel', reason: 'h' }, 'engine');
    expect(cancelled.answer).toMatchObject({ outcome: 'accepted' });
  });

  it.each(['act', 'withdrawal'] as const)(
    'and an act at the same moment are one or the other: first the %s',
    async (first) => {
      const { campaign, cases } = await standing();
      const acts = { act: () => actOn(cases[0]!), withdrawal: () => withdraw(campaign) };
      const second = first === 'act' ? 'withdrawal' : 'act';
      const given = await inTransaction(app, async (holder) => {
        // Both wait for this stream, and get it in the order in which they came.
        await holder.query(`SELECT FROM stream WHERE id = $1 FOR NO KEY UPDATE`, [cases[0]]);
        const one = acts[first]();
        await Promise.race([waiting(1), one]);
        const two = acts[second]();
        await Promise.race([waiting(2), two]);
        return { one, two };
      });
      expect((await given.one).answer).toMatchObject({ outcome: 'accepted' });
      expect((await given.two).answer).toMatchObject(first === 'act' ? begun(1, 1) : gone);
    },
  );

  async function waiting(many: number): Promise<void> {
    const sql = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    while ((await app.query<object[]>(sql)).length < many);
  }
});
