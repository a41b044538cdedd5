import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attester, NOT_ATTESTED } from '@giamsat/contracts/attest';
import { Commander, startStream } from '@giamsat/contracts/temporal';
import { migrate, watch } from '@giamsat/database';
import type { INestApplicationContext } from '@nestjs/common';
import { freePort, startTemporal, type TemporalServer } from '../apps/start/src/engines/index.js';
import { startWorker } from '../apps/worker/testing/start.js';
import { testEnv } from './support/index.js';
import { createWorld, envelopeOf, eventsOf, eventually, give, launch, plan, type World } from './support/world.js';

const PAPER = { kind: 'BC', number: 'Z7-planted', date: '2026-01-05' };
/** What would stand in inputs, commands, answers and failures: a paper's number, an office, a refusal, why a commit failed. */
const PLANTED = ['Z7-planted', 'document-office', 'STEP_UNKNOWN', 'no stream case'];

interface Execution {
  workflowId: string;
  runId: string;
}

/** What Temporal keeps and shows, and who may have something committed through it. */
describe('Temporal, as seen by whoever reaches it', () => {
  let folder: string;
  let temporal: TemporalServer;
  let pages: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'giamsat-sealed-'));
    await chmod(folder, 0o711);
    const uiPort = await freePort();
    pages = `http://127.0.0.1:${uiPort}/api/v1/namespaces`;
    temporal = await startTemporal({
      uiPort,
      binary: testEnv().temporalBinary,
      dbFile: join(folder, 'temporal.db'),
      logFile: join(folder, 'temporal.log'),
      namespace: 'default',
    });
  });
  afterAll(async () => {
    await temporal?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function withWorld(change: Record<string, string>, work: (world: World) => Promise<void>): Promise<void> {
    const world = await createWorld({ temporalAddress: temporal.address, change });
    let worker: INestApplicationContext | undefined;
    try {
      worker = await startWorker(world);
      await work(world);
    } finally {
      await worker?.close();
      await world.close();
    }
  }

  /** A command whose paper is planted, and a workflow whose commit fails. */
  async function plant(world: World): Promise<void> {
    const planned = await plan(world, 'vn-party-supervision@2022', 1);
    await launch(world, planned);
    const { caseId } = planned.cases[0]!;
    await give(world, 'case', caseId, 'document-office', { type: 'recordPaper' }, { paper: PAPER });
    await give(world, 'case', caseId, 'document-office', { type: 'completeStep', step: 'nowhere', outcome: 'x' });
    const [opened] = await eventsOf(world, 'case', caseId);
    const lost = '0198b0de-0000-7000-8000-000000000000';
    await startStream(world.client, {
      scope: 'case',
      id: lost,
      events: [opened!],
      nextMoment: '2020-01-01T00:00:00.000Z',
    });
    const handle = world.client.workflow.getHandle(`case/${lost}`);
    await eventually(async () =>
      (await handle.fetchHistory()).events?.some(({ markerRecordedEventAttributes: mark }) => mark?.failure),
    );
    await handle.terminate();
  }

  async function found(): Promise<string[]> {
    const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file))));
    const everything = Buffer.concat(files).toString('latin1');
    return PLANTED.filter((word) => everything.includes(word));
  }

  /** As a page of Temporal's asks: what it changes or queries goes with the token it got in its cookie. */
  async function ask(path: string, body?: object): Promise<object> {
    const token = body && /_csrf=([^;]+)/.exec((await fetch(pages)).headers.get('set-cookie') ?? '')?.[1];
    const headers = {
      'content-type': 'application/json',
      ...(token && { 'x-csrf-token': token, cookie: `_csrf=${token}` }),
    };
    const answer = await fetch(pages + path, body && { method: 'POST', body: JSON.stringify(body), headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as object;
  }

  /** Everything that Temporal's own pages ask for to show its workflows. */
  async function askedByPages({ environment, owner }: World): Promise<string> {
    const workflows = `/${environment.TEMPORAL_NAMESPACE}/workflows`;
    const list = await eventually(async () => {
      const { executions = [] } = (await ask(workflows)) as { executions?: { execution: Execution }[] };
      return executions.length > 2 && executions;
    });
    const shown: unknown[] = [list];
    for (const { execution } of list) {
      const one = `${workflows}/${encodeURIComponent(execution.workflowId)}`;
      const run = `execution.run_id=${execution.runId}`;
      shown.push(await ask(`${one}?${run}`));
      for (const way of ['history', 'history-reverse']) {
        const history = await ask(`${one}/${way}?${run}&maximum_page_size=1000`);
        expect(history).not.toHaveProperty('nextPageToken');
        shown.push(history);
      }
    }
    // And of a running one, of its worker.
    const [{ id }] = (await owner.query(`SELECT id FROM case_row WHERE scope = 'case' LIMIT 1`)) as [{ id: string }];
    const query = { execution: { workflowId: `case/${id}` }, query: { queryType: '__stack_trace' } };
    shown.push(await ask(`${workflows}/${encodeURIComponent(`case/${id}`)}/query/__stack_trace`, query));
    return JSON.stringify(shown);
  }

  /** As it stands there, and as whoever reads base64 reads it, however often it was wrapped. */
  const legible = (text: string, depth = 3): string =>
    depth === 0
      ? text
      : [text, ...(text.match(/[A-Za-z0-9+/=_-]{12,}/g) ?? []).map((each) => legible(decoded(each), depth - 1))].join(
          '\n',
        );
  const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');

  async function shownByPages(world: World): Promise<string[]> {
    const everything = legible(await askedByPages(world));
    return PLANTED.filter((word) => everything.includes(word));
  }

  it('keeps nothing readable where a key is set, and everything where none is', async () => {
    const shown = async (world: World): Promise<string[]> => {
      await plant(world);
      return shownByPages(world);
    };
    await withWorld({}, async (world) => expect(await shown(world)).toEqual([]));
    expect(await found()).toEqual([]);
    await withWorld({ GIAMSAT_PAYLOAD_KEY: '' }, async (world) => expect(await shown(world)).toEqual(PLANTED));
    expect(await found()).toEqual(PLANTED);
  });

  it('has an Update committed only by whoever holds the key to attest it', async () => {
    const key = `one:${randomBytes(32).toString('base64')}`;
    await withWorld({ GIAMSAT_ATTEST_KEY: key }, async (world) => {
      const planned = await plan(world, 'drill', 1);
      await launch(world, planned);
      const { caseId } = planned.cases[0]!;
      await migrate({ url: world.db.url, attestKeys: key });
      const before = (await eventsOf(world, 'case', caseId)).filter(({ by }) => by !== 'engine');
      const forged = await give(world, 'case', caseId, 'document-office', { type: 'suspend', reason: 'x' });
      expect(forged).toMatchObject({ outcome: 'refused', refusal: { code: NOT_ATTESTED } });
      expect((await eventsOf(world, 'case', caseId)).filter(({ by }) => by !== 'engine')).toEqual(before);
      expect((await watch.alarms(world.owner)).map(({ alarm, id }) => [alarm, id])).toContainEqual(['forged', caseId]);
      const commander = new Commander(world.client, new Attester(key));
      const command = { type: 'recordPaper' as const, envelope: envelopeOf('document-office', { paper: PAPER }) };
      expect(await commander.give({ scope: 'case', id: caseId }, command)).toMatchObject({ outcome: 'accepted' });
    });
  });
});
