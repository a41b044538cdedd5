import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Attester, NOT_ATTESTED } from '@giamsat/contracts/attest';
import { Commander, startStream } from '@giamsat/contracts/temporal';
import { migrate, watch } from '@giamsat/database';
import type { INestApplicationContext } from '@nestjs/common';
import { startTemporal, type TemporalServer } from '../apps/start/src/engines/index.js';
import { startWorker } from '../apps/worker/testing/start.js';
import { testEnv } from './support/index.js';
import { createWorld, envelopeOf, eventsOf, eventually, give, launch, plan, type World } from './support/world.js';

const PAPER = { kind: 'BC', number: 'Z7-planted', date: '2026-01-05' };
/** What would stand in inputs, commands and failures: a paper's number, an office, the reason a commit failed. */
const PLANTED = ['Z7-planted', 'document-office', 'no stream case'];

/** What Temporal keeps, and who may have something committed through it. */
describe('Temporal, as seen by whoever reaches it', () => {
  let folder: string;
  let temporal: TemporalServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'giamsat-sealed-'));
    await chmod(folder, 0o711);
    temporal = await startTemporal({
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
    const [opened] = await eventsOf(world, 'case', caseId);
    const lost = '0198b0de-0000-7000-8000-000000000000';
    await startStream(world.client, {
      scope: 'case',
      id: lost,
      schema: 1,
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

  it('keeps nothing readable where a key is set, and everything where none is', async () => {
    await withWorld({}, plant);
    expect(await found()).toEqual([]);
    await withWorld({ GIAMSAT_PAYLOAD_KEY: '' }, plant);
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
