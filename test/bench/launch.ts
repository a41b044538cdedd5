import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { campaigns } from '@giamsat/database';
import { startStream } from '@giamsat/contracts/temporal';
import { campaignWorkflowId, caseWorkflowId, type Answer } from '@giamsat/contracts/workflow';
import { bare } from './bare/workflows.js';
import { command, MANDATE, seedCampaign } from './lab/campaign.js';
import { each } from './lab/in-flight.js';
import { since, type Cpu } from './lab/cpu.js';
import { counts, readMetrics } from './lab/runtime.js';
import { BARE_QUEUE, type Rig } from './rig.js';

export interface LaunchFigures {
  perSecond: number;
  cpu: Cpu;
}

const IN_FLIGHT = 32;

/** Ends when the first workflow task of the last workflow is done. `eager`: as a launch does, past the server's queue. */
export async function bareStarts(rig: Rig, n: number, requestEagerStart: boolean): Promise<LaunchFigures> {
  const ids = Array.from({ length: n }, () => `bare/${randomUUID()}`);
  const figures = await measure(rig, n, 'bare', () =>
    each(ids, IN_FLIGHT, (workflowId) =>
      rig.own.workflow.start(bare, { workflowId, taskQueue: BARE_QUEUE, requestEagerStart }),
    ),
  );
  await each(ids, IN_FLIGHT, (id) => rig.client.workflow.getHandle(id).terminate());
  return figures;
}

/**
 * A wave of `n` cases from the coordinator's command: case rows, first events and board rows in one transaction, then a
 * workflow each, then the campaign's word that all stand. Ends when every row is there and every first task is done.
 */
export async function caseLaunch(rig: Rig, n: number): Promise<LaunchFigures> {
  const { client, app } = rig;
  const waves = Array.from({ length: n }, () => 1);
  const { campaignId, input, caseIds } = await seedCampaign(app, 'vn-party-supervision@2026', waves);
  await startStream(client, input);
  const handle = client.workflow.getHandle(campaignWorkflowId(campaignId));
  const give = async (capacity: string, body: (typeof MANDATE)[number][1]): Promise<void> => {
    const given = command(capacity, body);
    const options = { args: [given] as [typeof given], updateId: given.envelope.commandId };
    const answer = await handle.executeUpdate<Answer, [typeof given]>(body.type, options);
    if (answer.outcome !== 'accepted') throw new Error(`${body.type}: ${JSON.stringify(answer)}`);
  };
  for (const [capacity, body] of MANDATE) await give(capacity, body);
  const figures = await measure(rig, n, 'case', async () => {
    await give('coordinator', { type: 'launchWave', wave: 1, cases: n });
    while ((await campaigns.waves(app, campaignId))[0]?.state !== 'standing') await pause(20);
  });
  const rows = await campaigns.openCases(app, { campaignId, limit: n + 1 });
  if (rows.items.length !== n) throw new Error(`${rows.items.length} board rows of ${n}`);
  await each(caseIds, IN_FLIGHT, (id) => client.workflow.getHandle(caseWorkflowId(id)).terminate());
  await handle.terminate();
  return figures;
}

async function measure(rig: Rig, n: number, type: string, work: () => Promise<void>): Promise<LaunchFigures> {
  const done = (): number => {
    readMetrics();
    return counts.tasksDone[type] ?? 0;
  };
  const before = done();
  const cpuBefore = rig.cpu();
  const start = performance.now();
  await work();
  while (done() - before < n) await pause(10);
  const seconds = (performance.now() - start) / 1000;
  const used = since(cpuBefore, rig.cpu());
  return {
    perSecond: n / seconds,
    cpu: { node: used.node / n, temporal: used.temporal / n, postgres: used.postgres / n },
  };
}
