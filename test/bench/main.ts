// `npm run bench [-- --quick]`: giamsat against the bare SDK, in one run, on the same servers, with the same worker options.
import { openDatabase } from '@giamsat/database';
import { Option } from 'commander';
import { bareStarts, caseLaunch, type LaunchFigures } from './launch.js';
import { median } from './lab/in-flight.js';
import { counts, readMetrics } from './lab/runtime.js';
import { Door, type FloodFigures } from './login-flood.js';
import { createRig, type Rig } from './rig.js';
import { recordBare, recordCases, replay } from './replay.js';
import { report, type Line } from './report.js';
import { bareSteps, caseSteps, type StepFigures } from './step.js';
import { WHO, type Cpu } from './lab/cpu.js';
import { boardPages } from './walls.js';
import { script } from '../support/script-options.js';

const PARTS = { launch, step, replay: replays, size: sizes, login: loginFlood, walls };
const options = script('bench')
  .option('--quick', 'fewer rounds, for a first look')
  .addOption(new Option('--only <part...>', 'these parts alone').choices(Object.keys(PARTS)).default([], 'all'))
  .parse()
  .opts<{ quick?: true; only: string[] }>();
const size = options.quick
  ? { rounds: 3, steps: 4, warmUp: 2, others: 2, cases: 60, histories: 12 }
  : { rounds: 7, steps: 15, warmUp: 5, others: 3, cases: 200, histories: 24 };
const IN_FLIGHT = 16;

/** Rounds of both arms, who begins changing every time; the first ones warm up and are not counted. */
async function interleaved<T>(
  a: () => Promise<T>,
  b: () => Promise<T>,
  rounds = size.rounds,
  warmUp = 1,
): Promise<[T, T][]> {
  const pairs: [T, T][] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const isFirst = round % 2 === 0;
    const one = await (isFirst ? a : b)();
    const other = await (isFirst ? b : a)();
    if (round >= warmUp) pairs.push(isFirst ? [one, other] : [other, one]);
  }
  return pairs;
}

const ratio = <T>(pairs: [T, T][], of: (figures: T) => number): number =>
  median(pairs.map(([bare, own]) => of(own) / of(bare)));
const middle = <T>(pairs: [T, T][], of: (figures: T) => number): [number, number] => [
  median(pairs.map(([bare]) => of(bare))),
  median(pairs.map(([, own]) => of(own))),
];

/** Where the time goes, whatever else the machine does meanwhile. */
const processorTime = (what: string, pairs: [{ cpu: Cpu }, { cpu: Cpu }][]): Line[] =>
  WHO.map((who) => ({ what: `processor time of ${what} in ${who}, ms`, figures: middle(pairs, (f) => f.cpu[who]) }));

// A third arm has rounds of its own, after these: between them it would warm up one of the two workers more than the other.
async function launch(rig: Rig): Promise<Line[]> {
  const own = () => caseLaunch(rig, size.cases);
  const pairs = await interleaved<LaunchFigures>(() => bareStarts(rig, size.cases, false), own);
  const handed = await interleaved<LaunchFigures>(() => bareStarts(rig, size.cases, true), own, size.others);
  return [
    {
      what: `launch of ${size.cases} cases: cases/s against bare starts/s`,
      figures: middle(pairs, (f) => f.perSecond),
      ratio: ratio(pairs, (f) => f.perSecond),
      atLeast: 0.8,
    },
    {
      what: 'the same against bare starts whose first task goes straight to the worker',
      figures: middle(handed, (f) => f.perSecond),
      ratio: ratio(handed, (f) => f.perSecond),
    },
    ...processorTime('a launched case', pairs),
  ];
}

async function step(rig: Rig): Promise<Line[]> {
  const own = () => caseSteps(rig, IN_FLIGHT);
  // A worker lives for weeks: what V8 compiles in its first half minute, more than a step itself takes, is not a step's.
  const pairs = await interleaved<StepFigures>(() => bareSteps(rig, IN_FLIGHT, 'write'), own, size.steps, size.warmUp);
  const touched = await interleaved<StepFigures>(() => bareSteps(rig, IN_FLIGHT, 'touch'), own, size.others);
  return [
    {
      what: `steps/s, ${IN_FLIGHT} in flight, against an Update that commits one row`,
      figures: middle(pairs, (f) => f.perSecond),
      ratio: ratio(pairs, (f) => f.perSecond),
      atLeast: 0.85,
    },
    {
      what: 'p95 of a step, ms, against the same',
      figures: middle(pairs, (f) => f.p95),
      ratio: ratio(pairs, (f) => f.p95),
      atMost: 1.5,
    },
    {
      what: 'steps/s against an Update without any commit',
      figures: middle(touched, (f) => f.perSecond),
      ratio: ratio(touched, (f) => f.perSecond),
    },
    ...processorTime('a step', pairs),
  ];
}

async function replays(rig: Rig): Promise<Line[]> {
  const own = await recordCases(rig, size.histories);
  const bare = await recordBare(rig, size.histories, median(own.map(({ events }) => events)));
  const pairs = await interleaved(
    () => replay(rig, 'bare', bare),
    () => replay(rig, 'giamsat', own),
  );
  return [
    {
      what: `replayed events/s, histories of ${median(own.map(({ events }) => events))} events`,
      figures: middle(pairs, (n) => n),
      ratio: ratio(pairs, (n) => n),
      atLeast: 0.85,
    },
  ];
}

async function sizes(): Promise<Line[]> {
  const { sizeOf } = await import('./size.js'); // after the runtime of this bench, which counts
  const onTime = await sizeOf('on-time', 6);
  const late = await sizeOf('late', 12);
  const most = (what: string, value: number, atMost: number): Line => ({
    what,
    figures: [value],
    ratio: value,
    atMost,
  });
  return [
    most('events of a step', Math.max(onTime.perStep, late.perStep), 8),
    most('events of a due moment, however many rungs fall on it', late.perMoment, 6),
    most('events of a whole case on time, 6 findings', onTime.events, 250),
    most('events of a whole case all late, 12 findings', late.events, 1_200),
    most('KB of the same', late.kilobytes, 600),
  ];
}

async function loginFlood(rig: Rig): Promise<Line[]> {
  const door = await Door.open(rig);
  const seconds = options.quick ? 4 : 10;
  const pairs = await interleaved<FloodFigures>(
    () => door.measure(seconds, false),
    () => door.measure(seconds, true),
  );
  await door.close();
  const answered = (status: string) => median(pairs.map(([, { answers }]) => (answers[status] ?? 0) / seconds));
  return [
    {
      what: "p95 of other people's requests, ms, beside a flood of sign-ins against quiet",
      figures: middle(pairs, (f) => f.p95),
      ratio: ratio(pairs, (f) => f.p95),
      atMost: 2,
    },
    {
      what: 'sign-ins a second refused after hashing / slowed / sent away',
      figures: ['401', '429', '503'].map(answered),
    },
  ];
}

/** What row-level security costs whoever looks at a board. */
async function walls({ engines: { adminUrl, urls }, engine }: Rig): Promise<Line[]> {
  const [owner, app] = await Promise.all([openDatabase({ url: adminUrl }), openDatabase({ url: urls.app })]);
  const { open, walled } = await boardPages({ owner, engine, app }, { cases: 1_000, rounds: size.histories * 20 });
  await Promise.all([owner.destroy(), app.destroy()]);
  return [
    {
      what: 'a board page, ms, with and without row-level security',
      figures: [open, walled],
      ratio: walled / open,
      atMost: 1.2,
    },
  ];
}

const rig = await createRig();
const lines: Line[] = [];
for (const [name, part] of Object.entries<(rig: Rig) => Promise<Line[]>>(PARTS))
  if (options.only.length === 0 || options.only.includes(name)) {
    console.log(`${name} …`);
    lines.push(...(await part(rig)));
  }
readMetrics();
await rig.close();
lines.push({ what: 'workflow tasks that failed', figures: [counts.tasksFailed], ratio: counts.tasksFailed, atMost: 0 });
lines.push({ what: 'requests refused by a limit', figures: [counts.exhausted], ratio: counts.exhausted, atMost: 0 });
process.exitCode = report(lines) ? 0 : 1;
