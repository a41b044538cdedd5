import { openDatabase } from '@giamsat/database';
import { Cast } from '../../apps/cli/src/demo/cast.js';
import { launch, subjectsOf, type Launched } from '../../apps/cli/src/demo/campaign.js';
import { COMMUNES } from '../../apps/cli/src/demo/people.js';
import { seed } from '../../apps/cli/src/demo/seed.js';
import { gather } from './gather.js';
import { Acts } from './people.js';
import { plantFault, type Plant } from './plants.js';
import { generator } from './random.js';
import { pause, Rig, VICTIMS, type Victim } from './rig.js';
import { faultsOf, type ChaosRecord } from './verdict.js';

export interface ChaosOptions {
  seed: number;
  seconds: number;
  cases: number;
  /** a fault put into the database first, to see it found */
  plant?: Plant;
  log(line: string): void;
  /** `end.at` may be set earlier */
  onStart?(end: { at: number }, rig: Rig): void;
}

export interface ChaosReport {
  seed: number;
  kills: Record<Victim, number>;
  accepted: number;
  refused: Record<string, number>;
  campaigns: number;
  events: number;
  faults: string[];
  record: ChaosRecord;
}

/**
 * A campaign in seconds, and the next when its cases have ended, while the servers are killed at random; then the record is
 * held against what was acknowledged.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = generator(options.seed);
  const rig = await Rig.start();
  const database = await openDatabase({ url: rig.adminUrl, poolSize: 3, name: 'chaos' });
  let keeps = false;
  try {
    await seed(rig.adminUrl);
    if (options.plant) await plantFault(database, options.plant);
    await until(() => rig.isReady());
    const launched = [await begin(rig, options, 1)];
    const end = { at: Date.now() + options.seconds * 1000 };
    options.onStart?.(end, rig);
    const acts = new Acts(rig.apiUrl, random, end);
    const work = async (): Promise<void> => {
      for (let n = 1; ; n++) {
        await Promise.all([...launched.at(-1)!.cases.values()].map((caseId) => acts.on(caseId)));
        if (Date.now() >= end.at) return;
        launched.push(await insist(() => begin(rig, options, n + 1)));
      }
    };
    const [kills] = await Promise.all([killer(rig, random, end, options.log), work()]);
    options.log('quiet: waiting until every planned moment has passed');
    const refs = launched.flatMap(({ id, cases }) => [
      { scope: 'campaign' as const, id },
      ...[...cases.values()].map((each) => ({ scope: 'case' as const, id: each })),
    ]);
    const record = await gather(rig, database, refs, acts.accepted);
    const events = record.streams.flatMap((stream) => stream.events).length;
    const { accepted, refused } = acts;
    const faults = [...faultsOf(record), ...[...acts.unanswered].map((id) => `no answer: ${id}`)];
    keeps = faults.length > 0 && options.plant === undefined;
    if (keeps) options.log(`logs and data: ${rig.folder}`);
    return {
      seed: options.seed,
      campaigns: launched.length,
      kills,
      accepted: accepted.length,
      refused,
      events,
      faults,
      record,
    };
  } finally {
    await database.destroy();
    await rig.stop({ keeps });
  }
}

/** What of it stands already is not done again, so it may be called until it succeeds. */
function begin(rig: Rig, { seed, cases }: ChaosOptions, n: number): Promise<Launched> {
  const now = new Date().toISOString();
  return launch(new Cast(rig.apiUrl), {
    title: `Chaos ${seed}/${n}`,
    procedure: 'drill@1',
    level: 'province',
    year: 2026,
    ownerUnit: 'TU',
    programme: { date: now },
    plan: { number: `${n}1-KH/TU`, date: now },
    decision: { number: `${n}2-QĐ/TU`, date: now },
    teams: [{ id: 'Doan-C', head: 'truong-doan', secretary: 'thu-ky', members: ['thanh-vien'] }],
    subjects: subjectsOf(COMMUNES.slice(0, cases), 'Doan-C'),
  });
}

/** Servers are away now and then; one that never succeeds is a fault. */
async function insist<T>(work: () => Promise<T>, withinMs = 180_000): Promise<T> {
  for (const end = Date.now() + withinMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(500);
    }
  }
}

async function killer(
  rig: Rig,
  random: () => number,
  end: { at: number },
  log: (line: string) => void,
): Promise<Record<Victim, number>> {
  const kills = { worker: 0, api: 0, temporal: 0, postgres: 0 };
  while (Date.now() < end.at) {
    // Half of them are hit at work, half while they still recover.
    const isPatient = random() < 0.5;
    while (isPatient && Date.now() < end.at && !(await rig.isReady())) await pause(100);
    await pause(1_500 + random() * 4_000);
    const victim = VICTIMS[Math.floor(random() * VICTIMS.length)]!;
    log(`kill ${victim}`);
    await rig.kill(victim);
    await pause(random() * 1_500);
    await rig.revive(victim);
    kills[victim]++;
  }
  return kills;
}

async function until(look: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  for (const end = Date.now() + withinMs; ;) {
    if (await look()) return;
    if (Date.now() > end) throw new Error('waited in vain');
    await pause(250);
  }
}
