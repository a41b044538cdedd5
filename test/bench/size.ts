import { addDays, fold, instantMs, rowOf } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { timeSkippingBinary } from '../../apps/start/src/engines/index.js';
import { sizeOfHistory, type HistorySize } from '../../workflows/testing/history-size.js';
import { Life, type Stage } from '../../workflows/testing/life.js';
import { MemoryLedger } from '../../workflows/testing/memory-ledger.js';
import { createRig } from '../../workflows/testing/rig.js';
import { CACHE } from './lab/engines.js';
import { wholeCase, type Act } from './story.js';

const PROCEDURE = procedureLibrary().getProcedure('vn-party-supervision@2026')!.compiled;
/** After so many days every rung of a ladder has fallen, whatever holidays lie in between. */
const LATE_DAYS = 40;

/**
 * A whole case through its workflow on a server that skips time, a measure for every two findings: on time, each act before
 * its first reminder, or late, each after the last rung of its ladder, every notice proven.
 */
export async function sizeOf(how: 'on-time' | 'late', findings: number): Promise<HistorySize> {
  const { path } = await timeSkippingBinary(CACHE);
  const executable = { type: 'existing-path' as const, path };
  const env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
  const rig = await createRig({ address: env.address, namespace: env.namespace ?? 'default' });
  const ledger = new MemoryLedger();
  const clock = { now: () => env.currentTimeMs(), sleep: (ms: number) => env.sleep(ms), gap: 1 };
  const startWorker = () => rig.startWorker({ commit: ledger.commit, catchUp: ledger.catchUp });
  const stage: Stage = { clock, rig, ledger, startWorker };
  const life = await Life.begin(stage, { procedure: PROCEDURE });
  for (const act of wholeCase(findings, findings / 2)) {
    if (how === 'late') await untilLate(life, stage, act);
    await life.do(act.capacity, act.body);
  }
  await life.handle.result();
  const size = sizeOfHistory(await life.handle.fetchHistory());
  await life.close();
  await rig.close();
  await env.teardown();
  return size;
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
