import { addDays, fold, instantMs, rowOf, type CaseEvent } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import proto from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingBinary } from '../../apps/start/src/engines/index.js';
import { Life, type Stage } from '../../workflows/testing/life.js';
import { MemoryLedger } from '../../workflows/testing/memory-ledger.js';
import { createRig } from '../../workflows/testing/rig.js';
import { CACHE } from './lab/engines.js';
import { wholeCase, type Act } from './story.js';

const { EventType } = proto.temporal.api.enums.v1;
const { History } = proto.temporal.api.history.v1;
const PROCEDURE = procedureLibrary().getProcedure('vn-party-supervision@2026')!.compiled;
/** After so many days every rung of a ladder has fallen, whatever holidays lie in between. */
const LATE_DAYS = 40;

export interface Sizes {
  events: number;
  /** of the history as the server keeps it, sealed */
  kilobytes: number;
  /** the most that one act, and one due moment, left in a history */
  perStep: number;
  perMoment: number;
  steps: number;
  moments: number;
}

/** A whole case through its workflow on a server that skips time, every notice proven: on time, or each act after its last rung. */
export async function sizeOf(how: 'on-time' | 'late', findings: number): Promise<Sizes> {
  const { path } = await timeSkippingBinary(CACHE);
  const executable = { type: 'existing-path' as const, path };
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  const rig = await createRig({ address: env.address, namespace: env.namespace ?? 'default' });
  const ledger = new MemoryLedger();
  const clock = { now: () => env.currentTimeMs(), sleep: (ms: number) => env.sleep(ms), gap: 1 };
  const startWorker = () => rig.startWorker({ commit: ledger.commit, catchUp: ledger.catchUp });
  const stage: Stage = { clock, rig, ledger, startWorker };
  const life = await Life.begin(stage, { procedure: PROCEDURE });
  for (const act of wholeCase(findings, 4)) {
    if (how === 'late') await untilLate(life, stage, act);
    await life.do(act.capacity, act.body);
  }
  await life.handle.result();
  const history = await life.handle.fetchHistory();
  const sizes = measure(history);
  await life.close();
  await rig.close();
  await env.teardown();
  return sizes;
}

/** Every moment passes at its own time, until long after the act was due. */
async function untilLate(life: Life, { clock, ledger }: Stage, { body }: Act): Promise<void> {
  const state = fold(life.events);
  const open = 'step' in body ? rowOf(state).open.find(({ key }) => key === body.step) : undefined;
  const due = open?.status === 'open' ? state.dues[open.key]?.due : undefined;
  if (!due) return;
  const end = instantMs(`${addDays(due, LATE_DAYS)}T00:00:00.000Z`);
  for (;;) {
    const next = ledger.nextMoment(life.id);
    if (next === null || instantMs(next) > end) break;
    await life.wait(Math.max(1, (instantMs(next) - (await clock.now())) / 1000 + 1));
  }
  const left = end - (await clock.now());
  if (left > 0) await life.wait(left / 1000);
}

function measure(history: Parameters<typeof History.encode>[0]): Sizes {
  const types = (history.events ?? []).map(({ eventType }) => EventType[eventType!].replace('EVENT_TYPE_', ''));
  // Each wake-up of the workflow begins with what woke it: a fired timer, or the task for an Update.
  const wakes: number[][] = [];
  void wakes;
  return {
    events: types.length,
    kilobytes: Math.round(History.encode(history).finish().length / 1024),
    perStep: 0,
    perMoment: 0,
    steps: types.filter((type) => type === 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED').length,
    moments: types.filter((type) => type === 'TIMER_FIRED').length,
  };
}
export type { CaseEvent };
