import type { CaseEvent } from './events.js';
import { apply, fold } from './fold.js';
import { Reader } from './reader.js';
import type { Actor, CaseState, CaseView } from './state.js';

/** An entry of the ledger, and the last entry there was when its reader could first read it. */
interface Told {
  seq: number;
  since: number;
}

/**
 * Entries as their reader counts them. A supervised unit counts 1, 2, 3 … those it may read, in the order in which it came to
 * read them: no gap tells that something is hidden, and nothing is numbered anew when more of it is told. Whoever speaks for
 * several units counts what any of them may read. Whoever is inside counts as the ledger does.
 */
export class Numbering {
  private constructor(
    /** in the order of their numbers; null = as in the ledger */
    private readonly entries: Told[] | null,
    /** number of the last entry: where he is told to stand, not even that something is hidden after it */
    readonly last: number,
  ) {}

  static of(state: CaseState, events: CaseEvent[], actor: Actor): Numbering {
    return Numbering.as(new Reader(state, events, actor));
  }

  static as(reader: Reader): Numbering {
    if (!reader.isOnlySubject()) return new Numbering(null, reader.visible().events.at(-1)?.seq ?? 0);
    const entries = toldTo(reader);
    return new Numbering(entries, entries.length);
  }

  /** 0 = none that he may read */
  number(seq: number): number {
    return this.entries ? this.entries.findIndex((entry) => entry.seq === seq) + 1 : seq;
  }

  /** The entry he calls so; 0 = there is none. */
  seq(number: number): number {
    return this.entries ? (this.entries[number - 1]?.seq ?? 0) : number;
  }

  /** seq of the last one */
  get lastSeq(): number {
    return this.seq(this.last);
  }

  /** As of which entry of the ledger he knew it. Beyond the last: as it stands. */
  since(number: number): number {
    return this.entries && number > 0 ? (this.entries[number - 1]?.since ?? Infinity) : number;
  }

  /** Where he stood when the ledger stood at `seq`, the last entry of a command. */
  lastAt(seq: number): number {
    return this.entries ? this.entries.filter(({ since }) => since <= seq).length : seq;
  }

  view(view: CaseView): CaseView {
    if (!this.entries) return { ...view, seq: this.last };
    const told = <T extends { seq: number }>(item: T): T => ({ ...item, seq: this.number(item.seq) });
    return {
      ...view,
      seq: this.last,
      events: view.events.map((event) => told(this.spoken(event))),
      steps: view.steps.map((step) => ({
        ...step,
        submittedSeq: step.submittedSeq && this.number(step.submittedSeq),
        ...(step.deadline?.anchor && { deadline: { ...step.deadline, anchor: told(step.deadline.anchor) } }),
      })),
      findings: view.findings.map(told),
      contests: view.contests.map((contest) => told({ ...contest, entry: this.number(contest.entry) })),
      rungs: view.rungs.map(told),
    };
  }

  private spoken(event: CaseEvent): CaseEvent {
    if (!('entry' in event.data) || event.data.entry === undefined) return event;
    return { ...event, data: { ...event.data, entry: this.number(event.data.entry) } } as CaseEvent;
  }
}

/** Asked several times about one state, by everything that is shown of it. */
const told = new WeakMap<CaseState, Map<string, Told[]>>();

function toldTo({ state, events, actor }: Reader): Told[] {
  const known = told.get(state) ?? new Map<string, Told[]>();
  told.set(state, known);
  const who = JSON.stringify([actor.offices, actor.units]);
  const entries = known.get(who) ?? inOrderTold(events, actor);
  known.set(who, entries);
  return entries;
}

/**
 * What an act tells of that was there before it comes behind all that was told before. What the engine records tells of itself
 * only, and is looked at before the next act.
 */
function inOrderTold(events: CaseEvent[], actor: Actor): Told[] {
  const found = new Map<number, Told>();
  let looked = 0;
  const look = (state: CaseState, known: CaseEvent[]): void => {
    for (const { seq } of new Reader(state, known, actor).visible().events) {
      const since = seq > looked ? seq : state.seq;
      if (!found.has(seq)) found.set(seq, { seq, since });
    }
    looked = state.seq;
  };
  let [state, wasAct, from] = [fold(events.slice(0, 1)), false, 1];
  for (const command of commandsIn(events.slice(1))) {
    const next = command.reduce(apply, state);
    const isAct = next.facts !== state.facts;
    if (isAct || wasAct) look(state, events.slice(0, from));
    [state, wasAct, from] = [next, isAct, from + command.length];
  }
  look(state, events);
  return [...found.values()];
}

function commandsIn(events: CaseEvent[]): CaseEvent[][] {
  const commands: CaseEvent[][] = [];
  for (const event of events) {
    const last = commands.at(-1);
    if (last?.[0]!.commandId === event.commandId) last!.push(event);
    else commands.push([event]);
  }
  return commands;
}
