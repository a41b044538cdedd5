import { randomUUID } from 'node:crypto';
import { dataConverter, startStream } from '@giamsat/contracts/temporal';
import { caseWorkflowId } from '@giamsat/contracts/workflow';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { bare, writeUpdate } from './bare/workflows.js';
import { each } from './lab/in-flight.js';
import { openCases } from './lab/open-cases.js';
import { BARE_QUEUE, type Arm, type Rig } from './rig.js';
import { giveStep, STORY } from './step.js';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
export interface Recorded {
  workflowId: string;
  history: History;
  events: number;
}

const IN_FLIGHT = 16;

const recorded = async (handle: WorkflowHandle): Promise<Recorded> => {
  const history = await handle.fetchHistory();
  return { workflowId: handle.workflowId, history, events: history.events!.length };
};

/** Whole cases of the default procedure, on time, with six findings. */
export async function recordCases(rig: Rig, n: number): Promise<Recorded[]> {
  const inputs = await openCases(rig.app, rig.engine, 'vn-party-supervision@2026', n);
  const found: Recorded[] = [];
  await each(inputs, IN_FLIGHT, async (input) => {
    await startStream(rig.client, input);
    const handle = rig.client.workflow.getHandle(caseWorkflowId(input.id));
    for (let i = 0; i < STORY.length; i++) await giveStep(handle, i);
    found.push(await recorded(handle));
  });
  return found;
}

/** Bare workflows with Updates until their histories are as long. */
export async function recordBare(rig: Rig, n: number, events: number): Promise<Recorded[]> {
  const found: Recorded[] = [];
  await each(Array.from({ length: n }), IN_FLIGHT, async () => {
    const workflowId = `bare/${randomUUID()}`;
    const handle = await rig.client.workflow.start(bare, { workflowId, taskQueue: BARE_QUEUE });
    let length = 0;
    for (let i = 0; length < events; i++) {
      const id = `${workflowId}/${i}`;
      await handle.executeUpdate(writeUpdate, { args: [{ id, body: 'a step was done' }], updateId: id });
      if (i % 5 === 0 || length > events * 0.9) length = (await handle.describe()).historyLength;
    }
    found.push(await recorded(handle));
    await handle.terminate();
  });
  return found;
}

/** Events per second of re-executing these histories; each workflow begins from nothing, as after an eviction. */
export async function replay(rig: Rig, arm: Arm, histories: Recorded[]): Promise<number> {
  const options = { workflowBundle: rig.bundles[arm], dataConverter: dataConverter(rig.keys) };
  const start = performance.now();
  for await (const { error } of Worker.runReplayHistories(options, histories)) if (error) throw error;
  const seconds = (performance.now() - start) / 1000;
  return histories.reduce((sum, { events }) => sum + events, 0) / seconds;
}
