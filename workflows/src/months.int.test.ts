import { instantAt, isWorkingDay, civilDateAt } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { seqQuery } from '@giamsat/contracts/workflow';
import { wholeCase } from '../../test/bench/story.js';
import { testEnv } from '../../test/support/index.js';
import { sizeOfHistory } from '../testing/history-size.js';
import { Life, type Stage } from '../testing/life.js';
import { MemoryLedger } from '../testing/memory-ledger.js';
import { createRig, eventTypes, finding, give, type Rig } from '../testing/rig.js';

const DAY = 86_400;

describe('months of a case, on a server that skips time', () => {
  let env: TestWorkflowEnvironment;
  let rig: Rig;
  beforeAll(async () => {
    const executable = { type: 'existing-path' as const, path: testEnv().timeSkippingBinary };
    env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    rig = await createRig({ address: env.address, namespace: env.namespace ?? 'default' });
  });
  afterAll(async () => {
    await rig.close();
    await env.teardown();
  });

  const stage = (ledger = new MemoryLedger()): Stage => {
    const clock = { now: () => env.currentTimeMs(), sleep: (ms: number) => env.sleep(ms), gap: 1 };
    const startWorker = () => rig.startWorker({ commit: ledger.commit, catchUp: ledger.catchUp });
    return { clock, rig, ledger, startWorker };
  };

  it('remind and climb by themselves: at 08:00 of working days, once each, six events a moment', async () => {
    const { compiled: procedure } = procedureLibrary().getProcedure('vn-party-supervision@2022')!;
    const { compiled: calendar } = procedureLibrary().getCalendar(procedure.calendar)!;
    const life = await Life.begin(stage(), { procedure });
    await life.wait(60 * DAY, null);
    const rungs = life.events.filter((event) => event.type === 'rungDue');
    expect(rungs.length).toBeGreaterThanOrEqual(2);
    expect(new Set(rungs.map(({ data }) => data.rung)).size).toBe(rungs.length);
    for (const { data, at } of rungs) {
      const day = civilDateAt(at, calendar.zone);
      expect(isWorkingDay(calendar, day)).toBe(true);
      expect(data.planned).toBe(instantAt(day, calendar.workdayStart, calendar.zone));
    }
    const types = await eventTypes(life.handle);
    const fired = types.filter((type) => type === 'TIMER_FIRED').length;
    expect(fired).toBeGreaterThanOrEqual(rungs.length);
    // The start is four events and its timer; each moment then fires, wakes, commits, and sets the next timer.
    expect(types.length).toBeLessThanOrEqual(5 + 6 * fired);
    await life.close();
  });

  it('waits out a minute without Postgres with few events, and is back within 15 seconds', async () => {
    const ledger = new MemoryLedger();
    const { compiled: procedure } = procedureLibrary().getProcedure('vn-party-supervision@2022')!;
    const life = await Life.begin(stage(ledger), { procedure });
    const { handle } = life;
    await handle.query(seqQuery);
    const before = (await eventTypes(handle)).length;
    const tries: number[] = [];
    const isAway = () => tries.length < 4 || tries.at(-1)! < tries[3]! + 60_000;
    let isAnswered = false;
    const patient = new Promise<void>((resolve) => {
      ledger.beforeCommit = async () => {
        tries.push(await env.currentTimeMs());
        if (tries.length === 4) resolve();
        if (isAway()) throw new Error('connection refused');
      };
    });
    const answer = give(handle, finding('f1')).finally(() => (isAnswered = true));
    // Three quick tries, in the worker's own time; from the fourth on the server's clock counts.
    await patient;
    while (!isAnswered) await env.sleep(1_000);
    expect(await answer).toMatchObject({ outcome: 'refused', refusal: { code: 'NOT_ALLOWED' } });
    const waits = tries.slice(4).map((at, i) => at - tries[i + 3]!);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000);
    expect(await eventTypes(handle, before)).toHaveLength(12);
    await life.close();
  });

  it('leave at most 250 events when all goes well, six findings included, and eight an act', async () => {
    const { compiled: procedure } = procedureLibrary().getProcedure('vn-party-supervision@2026')!;
    const life = await Life.begin(stage(), { procedure });
    for (const { capacity, body } of wholeCase(6, 3)) await life.do(capacity, body);
    await life.handle.result();
    const { events, perStep } = sizeOfHistory(await life.handle.fetchHistory());
    expect(events).toBeLessThanOrEqual(250);
    expect(perStep).toBeLessThanOrEqual(8);
    await life.close();
  });
});
