import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { startApi, type RunningApi } from '../../../api/testing/start.js';
import { readConfig } from '../../../worker/src/config.js';
import { WorkerModule } from '../../../worker/src/worker.module.js';
import { createWorld, type World } from '../../../../test/support/world.js';
import { giamsat } from '../cli/testing.js';

/** The demo is loaded through the doors, and a newcomer pushes on it with the command line. */
describe('the command line on a running installation', () => {
  let world: World;
  let api: RunningApi;
  let worker: INestApplicationContext;
  let home: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    world = await createWorld();
    home = mkdtempSync(join(tmpdir(), 'cli-home-'));
    worker = await NestFactory.createApplicationContext(WorkerModule.with(readConfig(world.environment)), {
      logger: false,
      abortOnError: false,
    });
    api = await startApi(world);
    env = {
      ...world.environment,
      GIAMSAT_HOME: home,
      GIAMSAT_API: api.url,
      DATABASE_URL_MIGRATOR: world.db.url,
      DATABASE_URL_AUDITOR: world.db.urls.auditor,
    };
    const loaded = await giamsat('demo load', env);
    expect(loaded).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await api?.close();
    await worker?.close();
    await world?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const as = async (login: string): Promise<void> =>
    void expect(await giamsat(`login --user ${login} --password giamsat-demo`, env)).toMatchObject({ code: 0 });
  const json = async (line: string | string[]): Promise<never> =>
    JSON.parse(
      (
        await giamsat(
          [...[line].flat().flatMap((each) => (Array.isArray(line) ? [each] : each.split(' '))), '--json'],
          env,
        )
      ).out,
    ) as never;

  it('loads the demo once', async () => {
    expect((await giamsat('demo load', env)).code).toBe(0);
    await as('coordinator');
    const items = (await json('campaign list')) as { id: string; cases: { total: number; open: number } }[];
    expect(items.map(({ cases }) => cases).sort((a, b) => a.total - b.total)).toEqual([
      { total: 9, open: 9 },
      { total: 11, open: 0 },
    ]);
  });

  it('shows the duties of one unit and nothing of another', async () => {
    await as('nhon-trach');
    const [duty] = (await json('duties')) as { id: string; step: string; late: boolean }[];
    expect(duty).toMatchObject({ step: 'self-report', late: true });
    const done = await giamsat(['case', 'act', duty!.id, 'submitStep', '--step', 'self-report'], env);
    expect(done).toMatchObject({ code: 0 });
    await as('tri-an');
    expect((await giamsat(`case show ${duty!.id}`, env)).code).toBe(3);
    const refused = await giamsat(
      ['case', 'act', ((await json('duties')) as { id: string }[])[0]!.id, 'submitStep', '--step', 'field-work'],
      env,
    );
    expect(refused.code).toBe(1);
  });

  it('tells a history as it was known, and replays all of it', async () => {
    await as('coordinator');
    const [, old] = ((await json('campaign list')) as { id: string; cases: { total: number } }[]).sort(
      (a, b) => a.cases.total - b.cases.total,
    );
    const rows = (await json(`campaign board ${old!.id}`)) as { caseId: string; unit: { symbol: string } }[];
    const { caseId } = rows.find(({ unit }) => unit.symbol === 'HU-VINH-CUU')!;
    const { view } = (await json(`case show ${caseId}`)) as {
      view: { steps: { step: string; deadline: { due: string | null; reason: string } }[]; findings: unknown[] };
    };
    expect(view.findings).toHaveLength(18);
    expect(view.steps.find(({ step }) => step === 'remediation-plan')!.deadline).toMatchObject({
      due: null,
      reason: 'no-anchor',
    });
    const early = await giamsat(`case history ${caseId} --at 3`, env);
    expect(early.out).toContain('Như đã biết sau mục 3');
    expect(early.out).not.toContain('#  4');
    const replayed = await giamsat('audit replay --all', env);
    expect(replayed.err).toBe('');
    expect(replayed.out).toMatch(/22 hồ sơ, \d+ mục: .* khớp nhau/);
  });

  it('checks and rehearses a campaign file, every mistake at its place', async () => {
    await as('van-thu');
    const path = join(home, 'c.yaml');
    expect((await giamsat(['campaign', 'init', '--out', path], env)).code).toBe(0);
    const wrong = await giamsat(['campaign', 'check', path], env);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/c\.yaml:\d+:\d+ subjects\.0\.unit/);
    const bad = join(home, 'bad.yaml');
    writeFileSync(bad, 'title: 3\nplan: { date: 2026-02-30 }\n');
    expect((await giamsat(['campaign', 'check', bad], env)).err).toMatch(/bad\.yaml:2:\d+ plan\.date/);
    const rehearsed = await giamsat(['campaign', 'rehearse', path, '--behaviour', 'late', '--json'], env);
    expect(JSON.parse(rehearsed.out)).toMatchObject({ cases: 1, closed: 1 });
  });
});
