import { instantAt, isWorkingDay, civilDateAt } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { wholeCase } from '../../test/bench/story.js';
import { testEnv } from '../../test/support/index.js';
import { sizeOfHistory } from '../testing/history-size.js';
import { Life, type Stage } from '../testing/life.js';
import { MemoryLedger } from '../testing/memory-ledger.js';
import { createRig, eventTypes, type Rig } from '../testing/rig.js';

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

  const stage = (): Stage => {
    const ledger = new MemoryLedger();
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
