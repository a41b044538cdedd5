import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseEvent } from '@giamsat/procedure';
import type { INestApplicationContext } from '@nestjs/common';
import { startApi, type RunningApi } from '../../../api/testing/start.js';
import { startWorker } from '../../../worker/testing/start.js';
import { createWorld, type World } from '../../../../test/support/world.js';
import { giamsat } from '../cli/testing.js';

/** A line to the api that carries so many acts and then is cut. */
async function lineThatBreaks(url: string, after: number): Promise<{ url: string; close(): void }> {
  let acts = 0;
  const server: Server = createServer((request, response) => {
    void (async () => {
      if (request.url!.endsWith('/commands') && ++acts > after) return request.destroy();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = Object.entries(request.headers).filter(([name]) => !['host', 'connection'].includes(name));
      const answer = await fetch(url + request.url!, {
        method: request.method!,
        headers: Object.fromEntries(headers) as Record<string, string>,
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
      response.end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close().closeAllConnections(),
  };
}

type Played = Record<'notices' | 'overdue' | 'escalated' | 'extended' | 'takenBack', number> & {
  role: string;
  caseId: string;
};

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
    worker = await startWorker(world);
    api = await startApi(world);
    env = {
      ...world.environment,
      GIAMSAT_HOME: home,
      GIAMSAT_API: api.url,
      DATABASE_URL_MIGRATOR: world.db.url,
      DATABASE_URL_AUDITOR: world.db.urls.auditor,
    };
    const line = await lineThatBreaks(api.url, 40);
    expect(await giamsat('demo load', { ...env, GIAMSAT_API: line.url })).toMatchObject({ code: 4 });
    line.close();
    expect(await giamsat('demo load', env)).toMatchObject({ code: 0 });
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

  it('loads the demo once, though it was cut short and is loaded again', async () => {
    expect((await giamsat('demo load', env)).code).toBe(0);
    await as('coordinator');
    const items = (await json('campaign list')) as { id: string; cases: { total: number; open: number } }[];
    expect(items.map(({ cases }) => cases).sort((a, b) => a.total - b.total)).toEqual([
      { total: 9, open: 9 },
      { total: 11, open: 0 },
    ]);
    const rows = (await json(`campaign board ${items.find(({ cases }) => cases.total === 9)!.id}`)) as {
      unit: { symbol: string };
      open: { step: string }[];
      findings: number;
    }[];
    expect(Object.fromEntries(rows.map(({ unit, open }) => [unit.symbol, open[0]?.step]))).toMatchObject({
      'DU-BU-GIA-MAP': 'kick-off',
      'DU-NHON-TRACH': 'self-report',
      'DU-XUAN-LOC': 'field-work',
      'DU-DINH-QUAN': 'report-reviewed',
      'DU-TAN-AN': 'conclusion-issued',
      'DU-TRI-AN': 'remediation-plan',
      'DU-TRAN-BIEN': 'follow-up-check',
    });
    expect(rows.map(({ findings }) => findings).filter((n) => n > 0)).toEqual([3, 3, 3, 3]);
  });

  it('shows the duties of one unit and nothing of another', async () => {
    await as('nhon-trach');
    const duties = async () =>
      ((await json('duties')) as { duties: { id: string; step: string; late: boolean }[] }).duties;
    const [duty] = await duties();
    expect(duty).toMatchObject({ step: 'self-report', late: true });
    const done = await giamsat(['case', 'act', duty!.id, 'submitStep', '--step', 'self-report'], env);
    expect(done).toMatchObject({ code: 0 });
    await as('tri-an');
    expect((await giamsat(`case show ${duty!.id}`, env)).code).toBe(3);
    const refused = await giamsat(['case', 'act', (await duties())[0]!.id, 'submitStep', '--step', 'field-work'], env);
    expect(refused.code).toBe(1);
  });

  it('tells a history as it was known, and replays all of it', async () => {
    await as('coordinator');
    const items = (await json('campaign list')) as { id: string; cases: { total: number } }[];
    const old = items.find(({ cases }) => cases.total === 11);
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
    expect(replayed.out).toMatch(/\d+ hồ sơ, \d+ mục: .* khớp nhau/);
  });

  it('checks and rehearses a campaign file, every mistake at its place', async () => {
    await as('van-thu');
    const path = join(home, 'c.yaml');
    expect((await giamsat(['campaign', 'init', '--out', path], env)).code).toBe(0);
    expect(await giamsat(['campaign', 'check', path], env)).toMatchObject({ code: 0 });
    const strange = join(home, 'strange.yaml');
    writeFileSync(strange, readFileSync(path, 'utf8').replace(/(- \{? ?unit: )[\w-]+/, '$1NOWHERE'));
    const wrong = await giamsat(['campaign', 'check', strange], env);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/strange\.yaml:\d+:\d+ subjects\.0\.unit/);
    const bad = join(home, 'bad.yaml');
    writeFileSync(bad, 'title: 3\nplan: { date: 2026-02-30 }\n');
    expect((await giamsat(['campaign', 'check', bad], env)).err).toMatch(/bad\.yaml:2:\d+ plan\.date/);
    const rehearsed = await giamsat(['campaign', 'rehearse', path, '--behaviour', 'late', '--json'], env);
    const { cases, closed } = JSON.parse(rehearsed.out) as { cases: number; closed: number };
    expect([cases > 0, closed]).toEqual([true, cases]);
  });

  it('drills three units to their end: one late and escalated, one extended whose paper came late', async () => {
    const drilled = (await json('drill')) as { id: string; cases: Played[] };
    expect(drilled.cases.map(({ role }) => role)).toEqual(['on-time', 'late', 'extended']);
    const [, late, extended] = drilled.cases;
    expect(late).toMatchObject({ extended: 0, takenBack: 0 });
    expect(late!.escalated).toBeGreaterThan(0);
    expect(extended!.extended).toBe(1);
    expect(extended!.overdue).toBeGreaterThan(0);
    expect(extended!.takenBack).toBeGreaterThan(0);
    await as('coordinator');
    // A day is a second: on a busy machine other steps fall behind too.
    const { view } = (await json(`case history ${late!.caseId}`)) as { view: { events: CaseEvent[] } };
    const overdue = view.events.filter(({ type, data }) => type === 'overdueBegan' && data.step === 'self-report');
    expect(overdue).toHaveLength(1);
    expect(await json(`campaign summary ${drilled.id}`)).toMatchObject({ status: 'closed', cases: { closed: 3 } });
  }, 180_000);
});
