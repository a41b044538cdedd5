import { createWorld, launch, plan, type Planned, type World } from '../../../../test/support/world.js';
import { startWorker } from '../../../worker/testing/start.js';
import { giamsat } from '../cli/testing.js';

/** An auditor's checks on a campaign that ran, and on the same record after somebody has meddled with it. */
describe('the record under audit', () => {
  let world: World;
  let planned: Planned;
  let env: Record<string, string>;

  beforeAll(async () => {
    world = await createWorld();
    const worker = await startWorker(world);
    planned = await plan(world, 'vn-party-supervision@2026', 2);
    await launch(world, planned);
    await worker.close();
    env = {
      ...world.environment,
      GIAMSAT_HOME: '/nowhere',
      DATABASE_URL_MIGRATOR: world.db.url,
      DATABASE_URL_AUDITOR: world.db.urls.auditor,
    };
  });
  afterAll(() => world?.close());

  /** As nobody may: past the triggers and the grants. */
  const meddle = (sql: string): Promise<unknown> =>
    world.owner.transaction(async (manager) => {
      await manager.query(`SET LOCAL session_replication_role = replica`);
      await manager.query(sql);
    });
  const json = async (line: string): Promise<{ scope: string; id: string }[]> =>
    JSON.parse((await giamsat(`${line} --json`, env)).out) as { scope: string; id: string }[];

  it('agrees: all, a campaign with its cases, one case, one scope', async () => {
    const [first] = planned.cases;
    expect(await giamsat('audit replay --all', env)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^3 hồ sơ, \d+ mục: .* khớp nhau/) as string,
    });
    expect(await json(`audit replay ${planned.campaignId}`)).toHaveLength(3);
    expect(await json(`audit replay ${planned.campaignId} --scope campaign`)).toMatchObject([{ scope: 'campaign' }]);
    expect(await json(`audit replay ${first!.caseId}`)).toMatchObject([{ scope: 'case', id: first!.caseId }]);
    expect(await giamsat('audit rows', env)).toMatchObject({ code: 0 });
  });

  it('says what is not there, and what it needs', async () => {
    expect((await giamsat(`audit replay ${'0'.repeat(8)}`, env)).code).toBe(3);
    expect((await giamsat('audit replay', env)).code).toBe(2);
    const without = await giamsat('audit replay --all', { GIAMSAT_HOME: '/nowhere' });
    expect(without).toMatchObject({ code: 4, err: expect.stringContaining('DATABASE_URL_AUDITOR') as string });
    const noTemporal = { GIAMSAT_HOME: '/nowhere', DATABASE_URL_AUDITOR: env.DATABASE_URL_AUDITOR! };
    const { code, err } = await giamsat('audit replay --all --lang en', noTemporal);
    expect(code).toBe(4);
    expect(err).toMatch(/^The settings do not lead to Temporal: .*\n {2}TEMPORAL_ADDRESS: /);
  });

  it('finds a board row that was changed or taken away, and rebuilds it', async () => {
    const [changed, gone] = planned.cases.map(({ caseId }) => caseId);
    await meddle(`UPDATE case_row SET body = jsonb_set(body, '{findings}', '7') WHERE id = '${changed}'`);
    await meddle(`DELETE FROM case_row WHERE id = '${gone}'`);
    const replayed = await giamsat('audit replay --all', env);
    expect(replayed.code).toBe(5);
    expect(replayed.err).toContain('2/3 hồ sơ không khớp');
    expect(replayed.err).toContain('dòng trên bảng theo dõi khác với sổ cái (findings)');
    expect(await giamsat('audit rows --json', env)).toMatchObject({ code: 5 });
    expect(await giamsat('audit rows --rebuild', env)).toMatchObject({ code: 0 });
    expect(await giamsat('audit replay --all', env)).toMatchObject({ code: 0 });
  });

  it('finds an entry that was changed in the ledger, and a history that is gone', async () => {
    const [meddled] = planned.cases.map(({ caseId }) => caseId);
    await meddle(
      `UPDATE ledger SET data = jsonb_set(data, '{at}', '"2020-01-01T00:00:00.000Z"') WHERE stream_id = '${meddled}' AND seq = 2`,
    );
    const { code, err } = await giamsat(`audit replay ${meddled} --lang en`, env);
    expect(code).toBe(5);
    expect(err).toMatch(/#2 {2}ledger and history say different things/);
    await world.client.workflowService.deleteWorkflowExecution({
      namespace: world.environment.TEMPORAL_NAMESPACE!,
      workflowExecution: { workflowId: `case/${planned.cases[1]!.caseId}` },
    });
    const gone = await giamsat(`audit replay ${planned.cases[1]!.caseId}`, env);
    expect(gone).toMatchObject({ code: 5 });
    expect(gone.err).toContain('Temporal không có lịch sử');
  });
});
