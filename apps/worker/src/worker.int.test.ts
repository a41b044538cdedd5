import { jest } from '@jest/globals';
import { replayStreams } from '@giamsat/audit';
import { dataConverter, startStream } from '@giamsat/contracts/temporal';
import { campaignWorkflowId, caseWorkflowId, engineEnvelope, seqQuery, TASK_QUEUE } from '@giamsat/contracts/workflow';
import { board, commitStream, ledger, offices, outbox, watch } from '@giamsat/database';
import { type CaseEvent, type Command, decide, rowOf } from '@giamsat/procedure';
import type { INestApplicationContext } from '@nestjs/common';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import {
  createWorld,
  envelopeOf,
  eventsOf,
  eventually,
  give,
  launch,
  plan,
  stateOf,
  type Planned,
  type World,
} from '../../../test/support/world.js';
import { startWorker } from '../testing/start.js';
import { TEMPORAL } from './tokens.js';

describe('the worker', () => {
  let world: World;
  let worker: INestApplicationContext;
  let planned: Planned;
  beforeAll(async () => {
    world = await createWorld();
    planned = await plan(world, 'vn-party-supervision@2022', 3);
    await remove(campaignWorkflowId(planned.campaignId));
    worker = await startWorker(world);
  });
  afterAll(async () => {
    await worker?.close();
    await world?.close();
  });

  const handleOf = (caseId: string) => world.client.workflow.getHandle(caseWorkflowId(caseId));
  const status = async (workflowId: string): Promise<string | null> => {
    try {
      return (await world.client.workflow.getHandle(workflowId).describe()).status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  };
  async function remove(workflowId: string): Promise<void> {
    const { namespace } = world.client.options;
    await world.client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } });
    await eventually(async () => (await status(workflowId)) === null);
  }
  const restore = async (scope: 'case' | 'campaign', id: string) =>
    startStream(world.client, (await ledger.streamInput(world.owner, { scope, id }))!, { restore: true });
  const ofType = async (caseId: string, type: string) =>
    (await eventsOf(world, 'case', caseId)).filter((event) => event.type === type);

  it('starts a campaign whose plan was issued and whose workflow never was, and launches it', async () => {
    await eventually(async () => (await status(campaignWorkflowId(planned.campaignId))) === 'RUNNING');
    await launch(world, planned);
    for (const { caseId } of planned.cases) expect(await status(caseWorkflowId(caseId))).toBe('RUNNING');
  });

  it('hands an act of the campaign to every case once, however often the campaign is restored', async () => {
    const { campaignId, cases } = planned;
    await give(world, 'campaign', campaignId, 'standing-signer', { type: 'changeTeam', team: 'team-2' });
    await eventually(async () => {
      const told = await Promise.all(cases.map(({ caseId }) => ofType(caseId, 'teamChanged')));
      return told.every(({ length }) => length === 1);
    });
    await world.client.workflow.getHandle(campaignWorkflowId(campaignId)).terminate('test');
    await restore('campaign', campaignId);
    await give(world, 'campaign', campaignId, 'standing-signer', { type: 'changeTeam', team: 'team-3' });
    await eventually(async () => (await ofType(cases[2]!.caseId, 'teamChanged')).length === 2);
    for (const { caseId } of cases) {
      const teams = (await eventually(async () => {
        const found = await ofType(caseId, 'teamChanged');
        return found.length === 2 && found;
      })) as { data: unknown }[];
      expect(teams.map(({ data }) => data)).toEqual([{ team: 'team-2' }, { team: 'team-3' }]);
    }
  });

  it('holds up nobody for a case that is missing, and tells it everything in order when it is back', async () => {
    const { campaignId, cases } = planned;
    const [missing, ...others] = cases.map(({ caseId }) => caseId);
    const before = (await ofType(missing!, 'teamChanged')).length;
    await world.client.workflow.getHandle(caseWorkflowId(missing!)).terminate('test');
    const teams = ['team-4', 'team-5'];
    for (const team of teams)
      await give(world, 'campaign', campaignId, 'standing-signer', { type: 'changeTeam', team });
    const later = async (caseId: string) =>
      (await ofType(caseId, 'teamChanged')).slice(before).map(({ data }) => (data as { team: string }).team);
    for (const caseId of others) await eventually(async () => (await later(caseId)).length === 2);
    expect(await later(missing!)).toEqual([]);
    const isUnheard = async () =>
      (await watch.alarms(world.owner)).some(({ alarm, id }) => alarm === 'act-unheard' && id === missing);
    await eventually(isUnheard);
    await restore('case', missing!);
    await eventually(async () => !(await isUnheard()));
    for (const { caseId } of cases) expect(await later(caseId)).toEqual(teams);
  });

  it('raises an alarm for a case deleted in Temporal, and lowers it when the case is restored', async () => {
    const { caseId } = planned.cases[0]!;
    await remove(caseWorkflowId(caseId));
    const isRaised = async () => (await watch.alarms(world.owner)).some(({ id }) => id === caseId);
    await eventually(isRaised);
    expect(await status(caseWorkflowId(caseId))).toBeNull();
    await restore('case', caseId);
    await eventually(async () => !(await isRaised()));
    expect(await status(caseWorkflowId(caseId))).toBe('RUNNING');
  });

  it('tells a workflow what was decided and what it has not heard of, the end of its case as well', async () => {
    const planned = await plan(world, 'vn-party-supervision@2022', 3);
    await launch(world, planned);
    const [running, over, mute] = planned.cases.map(({ caseId }) => caseId);
    for (const caseId of [mute!, running!]) await rungFalls(caseId);
    const cancel = { type: 'cancel', reason: 'r', envelope: envelopeOf('standing-signer', {}) } as const;
    await decideUnheard(over!, cancel, cancel.envelope.enteredAt);
    const standsAt = async (id: string) => (await handleOf(id).query(seqQuery)).seq;
    for (const caseId of [running!, mute!])
      expect(await standsAt(caseId)).toBeLessThan((await stateOf(world, 'case', caseId)).seq);
    // One of which Temporal does not answer holds up none of the others, and is not forgotten.
    const { workflow } = worker.get<Client>(TEMPORAL);
    const handle = workflow.getHandle.bind(workflow);
    const silence = jest.spyOn(workflow, 'getHandle').mockImplementation((id, ...rest) => {
      if (id === caseWorkflowId(mute!)) throw new Error('no answer');
      return handle(id, ...rest);
    });
    expect(await status(caseWorkflowId(over!))).toBe('RUNNING');
    // As if it were a while ago, and the watchdog had not looked since.
    await world.owner.query(`UPDATE command SET decided_at = decided_at - interval '1 minute'`);
    await world.owner.query(`UPDATE watermark SET at = at - interval '1 hour' WHERE name = 'heard'`);
    await eventually(async () => (await standsAt(running!)) === (await stateOf(world, 'case', running!)).seq);
    await eventually(async () => (await status(caseWorkflowId(over!))) === 'COMPLETED');
    expect(await standsAt(mute!)).toBeLessThan((await stateOf(world, 'case', mute!)).seq);
    silence.mockRestore();
    await eventually(async () => (await standsAt(mute!)) === (await stateOf(world, 'case', mute!)).seq);
  });

  it('replaces a workflow whose history cannot be followed any more by one that goes on where the ledger ends', async () => {
    const planned = await plan(world, 'vn-party-supervision@2022', 1);
    await launch(world, planned);
    const { caseId } = planned.cases[0]!;
    await handleOf(caseId).terminate('test');
    // Its first task fails, and again each time the server hands it out.
    const damaged = { taskQueue: TASK_QUEUE, workflowTaskTimeout: '1s', args: ['damaged'] } as const;
    await world.client.workflow.start('case', { workflowId: caseWorkflowId(caseId), ...damaged });
    await eventually(async () =>
      (await watch.alarms(world.owner)).some(({ alarm, id }) => alarm === 'workflow-replaced' && id === caseId),
    );
    const answer = await give(world, 'case', caseId, 'standing-signer', { type: 'cancel', reason: 'r' });
    expect(answer.outcome).toBe('accepted');
    await eventually(async () => (await status(caseWorkflowId(caseId))) === 'COMPLETED');
  }, 90_000);

  it('ends every case when the campaign is cancelled', async () => {
    const { campaignId, cases } = planned;
    await give(world, 'campaign', campaignId, 'standing-signer', { type: 'cancel', reason: 'r' });
    for (const { caseId } of cases)
      await eventually(async () => (await stateOf(world, 'case', caseId)).ended === 'cancelled');
    await eventually(async () => (await status(campaignWorkflowId(campaignId))) === 'COMPLETED');
  });

  it('brings the end of a notice to a case that has ended meanwhile', async () => {
    const { campaignId, cases } = await plan(world, 'vn-party-supervision@2022', 1);
    await launch(world, { campaignId, cases });
    const { caseId } = cases[0]!;
    await rungFalls(caseId);
    // A sender has it in hand, or it would not be sent at all.
    await world.owner.query(`UPDATE outbox SET claimed_until = now() + interval '1 hour' WHERE case_id = $1`, [caseId]);
    await give(world, 'case', caseId, 'standing-signer', { type: 'cancel', reason: 'r' });
    await eventually(async () => (await status(caseWorkflowId(caseId))) === 'COMPLETED');
    const waiting = await world.owner.query(
      `UPDATE outbox SET next_try = now(), claimed_until = NULL WHERE case_id = $1 AND state = 'waiting' RETURNING id`,
      [caseId],
    );
    expect(waiting[0].length).toBeGreaterThan(0);
    const ends = await eventually(async () => {
      const found = await ofType(caseId, 'noticeEnded');
      return found.length === waiting[0].length && found;
    });
    const events = await eventsOf(world, 'case', caseId);
    expect(ends[0]!.seq).toBeGreaterThan(events.find(({ type }) => type === 'caseEnded')!.seq);
    expect(await outbox.unreported(world.owner, 10)).toEqual([]);
    const row = (await board.find(world.owner, 'case', caseId))!.row;
    const options = {
      client: world.client,
      dataConverter: dataConverter(world.environment.GIAMSAT_PAYLOAD_KEY),
      bundlePath: world.environment.GIAMSAT_WORKFLOW_BUNDLE!,
    };
    for await (const verdict of replayStreams(options, [{ scope: 'case', id: caseId, events, row }]))
      expect(verdict.divergences).toEqual([]);
  });

  /** The moments of a case pass, as they will, until a notice is owed. */
  async function rungFalls(caseId: string): Promise<void> {
    for (;;) {
      const moment = rowOf(await stateOf(world, 'case', caseId)).nextMoment!;
      const envelope = { ...engineEnvelope(`test/${caseId}/${moment}`, moment) };
      const events = await decideUnheard(caseId, { type: 'passMoment', moment, envelope }, moment);
      if (events.some(({ type }) => type === 'rungDue')) return;
    }
  }

  /** As when Temporal goes down between the commit and the end of the workflow task: the workflow knows nothing of it. */
  async function decideUnheard(caseId: string, command: Command, now: string): Promise<CaseEvent[]> {
    const state = await stateOf(world, 'case', caseId);
    const decision = decide(state, command, now);
    if (!('events' in decision)) throw new Error(decision.refusal.code);
    const { commandId, grants, actor } = command.envelope;
    const stream = { scope: 'case' as const, id: caseId, afterSeq: state.seq, row: rowOf(decision.state) };
    const attested = { command, mac: null };
    await commitStream(world.engine, { ...stream, commandId, grants, actor, decision, attested });
    return decision.events;
  }

  it('ends a notice as nobody’s when the office has no holder that day, and tells the case', async () => {
    const second = await plan(world, 'drill', 1);
    const on = new Date().toISOString().slice(0, 10);
    const holders = await offices.inCampaign(world.owner, { campaign: second.campaignId, teams: [], on });
    const head = holders.find(({ office }) => office === 'team-head')!;
    const act = { at: new Date().toISOString(), commandId: 'revoke', by: 'engine' as const };
    await launch(world, second);
    await offices.revoke(world.owner, { grant: head.grant }, act);
    const { caseId } = second.cases[0]!;
    const [ended] = await eventually(async () => {
      const found = await ofType(caseId, 'noticeEnded');
      return found.some(({ data }) => (data as { end: string }).end === 'nobody') && found;
    });
    expect(ended!.by).toBe('engine');
    const { items } = await outbox.ofCase(world.owner, { caseId, limit: 10 });
    expect(items.filter(({ state }) => state === 'nobody').length).toBeGreaterThan(0);
  });
});
