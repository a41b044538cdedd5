import { randomUUID } from 'node:crypto';
import { caseWorkflowId, type Answer } from '@giamsat/contracts/workflow';
import { startStream } from '@giamsat/contracts/temporal';
import type { Command } from '@giamsat/procedure';
import type { WorkflowHandle } from '@temporalio/client';
import { bare, LAST, touchUpdate, writeUpdate } from './bare/workflows.js';
import { command } from './lab/campaign.js';
import { since, type Cpu } from './lab/cpu.js';
import { openCases } from './lab/open-cases.js';
import { quantile } from './lab/in-flight.js';
import { BARE_QUEUE, type Rig } from './rig.js';
import { wholeCase } from './story.js';

export interface StepFigures {
  perSecond: number;
  p50: number;
  p95: number;
  /** processor time of a step */
  cpu: Cpu;
}

/** Warm-up acts are given and not counted: the first task of a workflow is the launch's, not the step's. */
const WARM_UP = 2;
export const STORY = wholeCase(6, 3);

/** `inFlight` bare workflows, each given as many Updates as a case has acts, one after the other; the last ends it. */
export async function bareSteps(rig: Rig, inFlight: number, kind: 'touch' | 'write'): Promise<StepFigures> {
  const update = kind === 'touch' ? touchUpdate : writeUpdate;
  const handles = await Promise.all(
    lanes(inFlight).map(() =>
      rig.client.workflow.start(bare, { workflowId: `bare/${randomUUID()}`, taskQueue: BARE_QUEUE }),
    ),
  );
  return measure(rig, handles, async (handle, i) => {
    const id = `${handle.workflowId}/${i}`;
    const body = i === STORY.length - 1 ? LAST : 'a step was done';
    await handle.executeUpdate(update, { args: [{ id, body }], updateId: id });
  });
}

/** `inFlight` cases of the default procedure, each taken from its outline to its filed dossier. */
export async function caseSteps(rig: Rig, inFlight: number): Promise<StepFigures> {
  const inputs = await openCases(rig.app, rig.engine, 'vn-party-supervision@2026', inFlight);
  await Promise.all(inputs.map((input) => startStream(rig.client, input)));
  const handles = inputs.map(({ id }) => rig.client.workflow.getHandle(caseWorkflowId(id)));
  return measure(rig, handles, giveStep);
}

/** The i-th act of the story. */
export async function giveStep(handle: WorkflowHandle, i: number): Promise<void> {
  const { capacity, body } = STORY[i]!;
  const given = command(capacity, body);
  const options = { args: [given] as [Command], updateId: given.envelope.commandId };
  const answer = await handle.executeUpdate<Answer, [Command]>(body.type, options);
  if (answer.outcome !== 'accepted') throw new Error(`${body.type}: ${JSON.stringify(answer)}`);
}

const lanes = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

async function measure<H>(rig: Rig, handles: H[], step: (handle: H, i: number) => Promise<void>): Promise<StepFigures> {
  for (let i = 0; i < WARM_UP; i++) await Promise.all(handles.map((handle) => step(handle, i)));
  const latencies: number[] = [];
  const cpuBefore = rig.cpu();
  const start = performance.now();
  await Promise.all(
    handles.map(async (handle) => {
      for (let i = WARM_UP; i < STORY.length; i++) {
        const before = performance.now();
        await step(handle, i);
        latencies.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const n = latencies.length;
  const used = since(cpuBefore, rig.cpu());
  const cpu = { node: used.node / n, temporal: used.temporal / n, postgres: used.postgres / n };
  return { perSecond: n / seconds, p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95), cpu };
}
