import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CaseEvent } from '@giamsat/procedure';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { chaos, type ChaosReport } from './chaos.js';
import { CACHED } from './rig.js';
import { faultsOf, type ChaosRecord } from './verdict.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** The short form of `npm run chaos`. */
describe('a campaign whose servers are killed while it runs', () => {
  let report: ChaosReport;
  beforeAll(async () => {
    const cwd = new URL('../..', import.meta.url).pathname;
    await promisify(execFile)('npx', ['tsc', '-b', 'apps/api', 'apps/worker'], { cwd });
    report = await chaos({ seed: 11, seconds: 15, cases: CACHED + 1, log: () => undefined });
  }, 240_000);

  it('keeps every acknowledged command once, every row and every history', () => {
    expect(report.faults).toEqual([]);
    expect(report.accepted).toBeGreaterThan(3);
    expect(Object.values(report.kills).reduce((a, b) => a + b, 0)).toBeGreaterThan(1);
  });

  /** What a broken engine would have left instead. */
  const broken: Record<string, [(record: ChaosRecord) => void, RegExp]> = {
    'a command carried out twice': [
      (record) => cases(record)[0]!.events.push(factOf(record)),
      /^acknowledged: \S+ has 2 effects$/,
    ],
    'an acknowledged command that left nothing': [
      (record) => {
        const { commandId } = factOf(record);
        for (const stream of record.streams)
          stream.events = stream.events.filter((each) => each.commandId !== commandId);
      },
      /^acknowledged: \S+ has 0 effects$/,
    ],
    'a refused command that left something': [
      (record) => {
        record.commands.find(({ id }) => id === factOf(record).commandId)!.outcome = 'refused';
      },
      /^refused and done/,
    ],
    'a rung doubled': [(record) => cases(record)[0]!.events.push(rung, rung), /^rung twice/],
    'a rung that owes nobody its notice': [(record) => cases(record)[0]!.events.push(rung), /^not owed/],
  };

  it.each(Object.entries(broken))('would have shown %s', (_, [breakIt, fault]) => {
    const record = structuredClone(report.record);
    breakIt(record);
    expect(faultsOf(record)).toContainEqual(expect.stringMatching(fault));
  });
});

const cases = (record: ChaosRecord) => record.streams.filter(({ scope }) => scope === 'case');
/** One that the run need not have come to. */
const rung = {
  seq: 9_999,
  type: 'rungDue',
  v: 1,
  at: '2026-01-05T01:00:00.000Z',
  commandId: 'moment/planted',
  by: 'engine',
  dates: {},
  data: {
    rung: 'self-report/2026-01-02/EU+1',
    step: 'self-report',
    id: 'EU+1',
    due: '2026-01-02',
    to: ['unit-contact'],
    planned: '2026-01-05T01:00:00.000Z',
    cause: 'planned',
    send: '2026-01-05T01:00:00.000Z',
    binding: true,
  },
} satisfies CaseEvent;
/** The fact of a command that was acknowledged. */
function factOf(record: ChaosRecord): CaseEvent {
  const acknowledged = new Set(record.acknowledged);
  return cases(record)
    .flatMap(({ events }) => events)
    .find(({ by, commandId }) => by !== 'engine' && acknowledged.has(commandId))!;
}
