import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replayStreams } from '@giamsat/audit';
import { dataConverter } from '@giamsat/contracts/temporal';
import { board, checkRows, watch } from '@giamsat/database';
import { fold, rowOf } from '@giamsat/procedure';
import type { INestApplicationContext } from '@nestjs/common';
import { startWorker } from '../apps/worker/testing/start.js';
import {
  createWorld,
  eventsOf,
  eventually,
  give,
  launch,
  plan,
  stateOf,
  type Planned,
  type World,
} from './support/world.js';

describe('a campaign on the real engines', () => {
  let world: World;
  let worker: INestApplicationContext;
  let planned: Planned;

  beforeAll(async () => {
    world = await createWorld();
    worker = await startWorker(world);
    planned = await plan(world, 'drill', 3);
    await launch(world, planned);
  });
  afterAll(async () => {
    await worker?.close();
    await world?.close();
  });

  it('stands complete after the launch: a board row and a running workflow for every case', async () => {
    for (const { caseId } of planned.cases) {
      expect(await board.find(world.owner, 'case', caseId)).toMatchObject({
        campaignId: planned.campaignId,
        row: { status: 'running' },
      });
    }
    expect((await stateOf(world, 'campaign', planned.campaignId)).facts.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['waveLaunched', 'launchCompleted']),
    );
  });

  it('lets a moment pass by itself, sends its notice and brings the end back to the case', async () => {
    const { caseId } = planned.cases[0]!;
    const events = await eventually(async () => {
      const all = await eventsOf(world, 'case', caseId);
      return all.some(({ type }) => type === 'noticeEnded') && all;
    });
    const due = events.find((event) => event.type === 'rungDue')!;
    const ended = events.find((event) => event.type === 'noticeEnded')!;
    expect(ended.data).toMatchObject({ rung: (due.data as { rung: string }).rung, end: 'sent' });
    const [mail] = await readdir(world.mailDirectory);
    expect(await readFile(join(world.mailDirectory, mail!), 'utf8')).toContain('@example.vn');
  });

  it('answers a step, refuses what is wrong, and keeps ledger, history and board the same', async () => {
    const { caseId } = planned.cases[1]!;
    expect(
      await give(world, 'case', caseId, 'team-head', {
        type: 'completeStep',
        step: 'outline-prepared',
        outcome: 'ready',
      }),
    ).toMatchObject({ outcome: 'accepted' });
    expect(await give(world, 'case', caseId, 'unit-head', { type: 'suspend', reason: 'x' })).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'NOT_ALLOWED' },
    });
    expect(await give(world, 'case', caseId, 'standing-signer', { type: 'suspend', reason: 'x' })).toMatchObject({
      outcome: 'accepted',
    });
    const events = await eventsOf(world, 'case', caseId);
    const row = JSON.parse(JSON.stringify(rowOf(fold(events))));
    const options = {
      client: world.client,
      dataConverter: dataConverter(world.environment.GIAMSAT_PAYLOAD_KEY),
      bundlePath: world.environment.GIAMSAT_WORKFLOW_BUNDLE!,
    };
    for await (const verdict of replayStreams(options, [{ scope: 'case', id: caseId, events, row }]))
      expect(verdict.divergences).toEqual([]);
    expect(await checkRows(world.owner)).toEqual([]);
  });

  it('raises an alarm when a workflow is ended by somebody’s hand, and nudges nobody to death', async () => {
    const { caseId } = planned.cases[2]!;
    await world.client.workflow.getHandle(`case/${caseId}`).terminate('test');
    const alarms = await eventually(async () => {
      const standing = await watch.alarms(world.owner);
      return standing.some(({ id }) => id === caseId) && standing;
    });
    expect(alarms).toHaveLength(1);
  });
});
