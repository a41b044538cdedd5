import type { DataSource } from 'typeorm';
import { formedCampaign, giveTo } from '../testing/campaign.js';
import { migrate } from '../migrate.js';
import { migrations } from '../migrations/index.js';
import { SqlMigration } from '../migrations/sql-migration.js';
import { createTestDatabase, type TestDatabase } from '../testing/index.js';
import { checkRows, rebuildRows } from './rebuild.js';

describe('board rows', () => {
  let db: TestDatabase;
  let engine: DataSource;
  let owner: DataSource;
  let campaign: string;
  let cases: string[];

  beforeAll(async () => {
    db = await createTestDatabase();
    engine = await db.open('engine');
    owner = await db.open('superuser', 2);
    const invented = await formedCampaign(await db.open('superuser'), engine, [1, 1, 1]);
    campaign = invented.campaign;
    cases = invented.subjects.map(({ caseId }) => caseId).sort();
    await giveTo(engine, 'campaign', campaign, { type: 'launchWave', wave: 1, cases: 3 }, 'coordinator');
    await giveTo(
      engine,
      'case',
      cases[0]!,
      { type: 'completeStep', step: 'outline-prepared', outcome: 'ready' },
      'team-head',
    );
  });
  afterAll(() => db.drop());

  it('are what the ledger says; what is not is found, and put right by rebuilding', async () => {
    expect(await checkRows(engine)).toEqual([]);
    const before = await rows();

    await owner.query(`UPDATE case_row SET body = jsonb_set(body, '{findings}', '7') WHERE id = $1`, [cases[0]]);
    await owner.query(`UPDATE case_row SET next_moment = now(), first_due = NULL WHERE id = $1`, [cases[1]]);
    await owner.query(`DELETE FROM case_row WHERE id = $1`, [cases[2]]);
    await owner.query(
      `INSERT INTO case_row SELECT scope, gen_random_uuid(), campaign_id, unit_id, wave, seq, status, stage, first_due, next_moment, team, body
       FROM case_row WHERE id = $1`,
      [campaign],
    );
    expect(await checkRows(engine)).toEqual([
      { scope: 'case', id: cases[0], kind: 'different', fields: ['findings'] },
      { scope: 'case', id: cases[1], kind: 'different', fields: ['first_due', 'next_moment'] },
      { scope: 'case', id: cases[2], kind: 'missing', fields: [] },
      { scope: 'campaign', id: expect.any(String), kind: 'extra', fields: [] },
    ]);

    expect(await rebuildRows(engine)).toBe(4);
    expect(await checkRows(engine)).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  it('have the form of this version once its migrations have run', async () => {
    await owner.query(`UPDATE case_row SET body = body - 'duties'`);
    migrations.push(
      class extends SqlMigration {
        readonly name = 'OfAnotherVersion1765000000000';
        protected readonly sql = 'SELECT 1';
      },
    );
    expect(await migrate({ url: db.url })).toEqual(['OfAnotherVersion1765000000000']);
    migrations.pop();
    expect(await checkRows(engine)).toEqual([]);
  });

  const rows = () => owner.query(`SELECT * FROM case_row ORDER BY scope, id`);
});
