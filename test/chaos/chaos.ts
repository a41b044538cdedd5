import { randomUUID } from 'node:crypto';
import { replayStreams } from '@giamsat/audit';
import { createClient, ProblemError, type Client, type CommandInput } from '@giamsat/contracts/http';
import { connectClient, dataConverter } from '@giamsat/contracts/temporal';
import { board, checkRows, ledger, openDatabase, watch } from '@giamsat/database';
import type { CaseEvent, CaseView } from '@giamsat/procedure';
import { Cast } from '../../apps/cli/src/demo/cast.js';
import { launch, subjectsOf } from '../../apps/cli/src/demo/campaign.js';
import { COMMUNES, PASSWORD } from '../../apps/cli/src/demo/people.js';
import { seed } from '../../apps/cli/src/demo/seed.js';
import { pause, Rig, VICTIMS, type Victim } from './rig.js';

export interface ChaosOptions {
  seed: number;
  seconds: number;
  cases: number;
  log(line: string): void;
}

export interface ChaosReport {
  seed: number;
  kills: Record<Victim, number>;
  accepted: number;
  refused: number;
  events: number;
  faults: string[];
}

/** A campaign in seconds runs while its servers are killed at random; then the record is held against what was acknowledged. */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const random = generator(options.seed);
  const rig = await Rig.start();
  try {
    await seed(rig.adminUrl);
    await until(() =>
      fetch(`${rig.apiUrl}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    const now = new Date().toISOString();
    const cast = new Cast(rig.apiUrl);
    const { id, cases } = await launch(cast, {
      title: `Chaos ${options.seed}`,
      procedure: 'drill@1',
      level: 'province',
      year: 2026,
      ownerUnit: 'TU',
      programme: { date: now },
      plan: { number: '01-KH/TU', date: now },
      decision: { number: '02-QĐ/TU', date: now },
      teams: [{ id: 'Doan-C', head: 'truong-doan', secretary: 'thu-ky', members: ['thanh-vien'] }],
      subjects: subjectsOf(COMMUNES.slice(0, options.cases), 'Doan-C'),
    });
    const end = Date.now() + options.seconds * 1000;
    const acts = new Acts(rig.apiUrl, random, end);
    const [kills] = await Promise.all([
      killer(rig, random, end, options.log),
      ...[...cases.values()].map((caseId) => acts.on(caseId)),
    ]);
    options.log('quiet: waiting until every planned moment has passed');
    return { seed: options.seed, kills, ...(await verdict(rig, id, [...cases.values()], acts)) };
  } finally {
    await rig.stop();
  }
}

async function killer(
  rig: Rig,
  random: () => number,
  end: number,
  log: (line: string) => void,
): Promise<Record<Victim, number>> {
  const kills = { worker: 0, api: 0, temporal: 0, postgres: 0 };
  while (Date.now() < end) {
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

/** People who never give up: each command keeps its key until it has an answer for good. */
class Acts {
  /** command ids that were acknowledged */
  readonly accepted: string[] = [];
  refused = 0;
  private client: Client | null = null;

  constructor(
    private readonly apiUrl: string,
    private readonly random: () => number,
    private readonly end: number,
  ) {}

  async on(caseId: string): Promise<void> {
    while (Date.now() < this.end) {
      const view = await this.patiently(
        async (client) => (await client.getCase({ params: { id: caseId } })).view as CaseView,
      );
      if (!view || view.status !== 'running') return;
      await this.give(caseId, this.next(view));
      await pause(200 + this.random() * 800);
    }
  }

  /** What the document office may do: it enters anybody's paper. */
  private next(view: CaseView): CommandInput {
    const possible = view.acts.filter(
      ({ type, step }) => step !== undefined && ['submitStep', 'completeStep', 'returnStep'].includes(type),
    );
    const act = possible[Math.floor(this.random() * possible.length)];
    if (!act || this.random() < 0.3) return { type: 'recordFinding', kind: 'limitation', text: 'x' };
    if (act.type === 'submitStep') return { type: 'submitStep', step: act.step! };
    const outcome = act.outcomes![Math.floor(this.random() * act.outcomes!.length)]!;
    return { type: act.type as 'completeStep' | 'returnStep', step: act.step!, outcome };
  }

  private async give(caseId: string, body: CommandInput): Promise<void> {
    const key = randomUUID();
    const answer = await this.patiently((client) => client.commandCase({ params: { id: caseId }, key, body }));
    if (answer) this.accepted.push(answer.commandId);
    else this.refused++;
  }

  /** Null = refused for good. Anything that is not an answer is asked again, for as long as it takes. */
  private async patiently<T>(ask: (client: Client) => Promise<T>): Promise<T | null> {
    for (;;) {
      try {
        this.client ??= await this.signIn();
        return await ask(this.client);
      } catch (error) {
        if (
          error instanceof ProblemError &&
          error.problem.status < 500 &&
          error.problem.status !== 401 &&
          error.problem.status !== 429
        )
          return null;
        if (error instanceof ProblemError && error.problem.status === 401) this.client = null;
        await pause(300);
      }
    }
  }

  private async signIn(): Promise<Client> {
    const { token } = await createClient({ baseUrl: this.apiUrl }).login({
      body: { login: 'van-thu', password: PASSWORD },
    });
    return createClient({ baseUrl: this.apiUrl, token: token! });
  }
}

async function verdict(
  rig: Rig,
  campaignId: string,
  caseIds: string[],
  acts: Acts,
): Promise<Omit<ChaosReport, 'seed' | 'kills'>> {
  const database = await openDatabase({ url: rig.adminUrl, poolSize: 3, name: 'chaos' });
  const { GIAMSAT_PAYLOAD_KEY, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE } = rig.environment;
  const client = await connectClient({
    TEMPORAL_ADDRESS: TEMPORAL_ADDRESS!,
    TEMPORAL_NAMESPACE: TEMPORAL_NAMESPACE!,
    TEMPORAL_TLS: false,
    GIAMSAT_PAYLOAD_KEY,
  });
  try {
    await until(
      async () =>
        (await watch.missedMoments(database, { before: new Date(Date.now() - 3_000).toISOString(), limit: 1 }))
          .length === 0,
      60_000,
    ).catch(() => undefined);
    const faults: string[] = [];
    for (const { id } of await watch.missedMoments(database, {
      before: new Date(Date.now() - 10_000).toISOString(),
      limit: 10,
    }))
      faults.push(`stuck: ${id}`);
    const all: CaseEvent[] = [];
    const streams = [];
    for (const [scope, id] of [['campaign', campaignId] as const, ...caseIds.map((each) => ['case', each] as const)]) {
      const events = await ledger.eventsOf(database, { kind: scope, id });
      all.push(...events);
      const rungs = events.flatMap((event) => (event.type === 'rungDue' ? [event.data.rung] : []));
      if (new Set(rungs).size < rungs.length) faults.push(`rung twice: ${id}`);
      streams.push({ scope, id, events, row: (await board.find(database, scope, id))?.row ?? null });
    }
    const effects = countOf(all.filter(({ by }) => by !== 'engine').map(({ commandId }) => commandId));
    for (const commandId of acts.accepted)
      if (effects.get(commandId) !== 1) faults.push(`command ${commandId}: ${effects.get(commandId) ?? 0} effects`);
    faults.push(...(await checkRows(database)).map((each) => `row: ${JSON.stringify(each)}`));
    faults.push(...(await watch.discrepancies(database)).map((each) => `stream: ${JSON.stringify(each)}`));
    const options = {
      client,
      dataConverter: dataConverter(GIAMSAT_PAYLOAD_KEY),
      bundlePath: rig.environment.GIAMSAT_WORKFLOW_BUNDLE!,
    };
    for await (const { scope, id, divergences } of replayStreams(options, streams)) {
      const written = new Set((await ledger.eventsOf(database, { kind: scope, id })).map(({ seq }) => seq));
      // The case lives on while it is looked at: a history may be a command behind the ledger, or ahead of what was read first.
      const real = divergences.filter(
        ({ kind, seq = 0 }) => kind !== 'only-in-ledger' && !(kind === 'only-in-history' && written.has(seq)),
      );
      faults.push(...real.map(({ kind, seq, detail }) => `history ${id}: ${kind} #${seq} ${detail}`));
    }
    return { accepted: acts.accepted.length, refused: acts.refused, events: all.length, faults };
  } finally {
    await client.connection.close();
    await database.destroy();
  }
}

function countOf(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

async function until(look: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  for (const end = Date.now() + withinMs; ;) {
    if (await look()) return;
    if (Date.now() > end) throw new Error('waited in vain');
    await pause(250);
  }
}

function generator(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
