import { count, workingDaysBetween } from '../calendar/counting.js';
import { civilDateAt, instantAt, type Instant } from '../civil/instant.js';
import { possibleActs, type PossibleAct } from '../case/acts.js';
import type { Command, CommandBody } from '../case/commands.js';
import { deadlineOf } from '../case/deadline.js';
import { decide } from '../case/decide.js';
import type { CaseEvent, Opening } from '../case/events.js';
import { apply, fold } from '../case/fold.js';
import { nextMoment } from '../case/moments.js';
import { openStream } from '../case/open.js';
import { progressOf } from '../case/progress.js';
import type { CaseState } from '../case/state.js';
import { addSeconds, isMoment } from '../case/when.js';
import type { RehearsalInput } from './rehearse.js';

interface Plan {
  at: Instant;
  act: PossibleAct;
  outcome?: string;
}

/** A case whose people act by the rules of the rehearsal; its moments pass as they would. */
export class CasePlayer {
  private state: CaseState;
  private readonly events: CaseEvent[];
  private now: Instant;
  private readonly random: () => number;
  private readonly planned = new Map<string, Plan>();

  constructor(
    private readonly input: RehearsalInput,
    opening: Opening,
    index: number,
  ) {
    const { procedure, calendar, behaviour } = input;
    this.now = input.start(opening);
    this.random = mulberry32((behaviour.kind === 'random' ? behaviour.seed : 0) + index);
    this.events = openStream({ opening, procedure, calendar, envelope: this.envelope('engine') });
    this.state = fold(this.events);
  }

  get isClosed(): boolean {
    return this.state.ended === 'closed';
  }

  /** Bounded: a procedure that never ends is cut, and then counts as not closed. */
  play(): CaseEvent[] {
    for (let turn = 0; turn < 2_000 && !this.state.ended; turn++) {
      const moment = nextMoment(this.state);
      const act = this.nextAct();
      if (act === null && moment === null) break;
      if (act !== null && (moment === null || act.at < moment)) this.perform(act);
      else this.pass(moment!);
    }
    return this.events;
  }

  private nextAct(): Plan | null {
    const open = possibleActs(progressOf(this.state)).filter(({ type, step }) => step !== undefined && MOVES.has(type));
    const keys = new Set<string>();
    for (const act of open) {
      const entry = progressOf(this.state).steps.get(act.step!)!;
      const key = `${act.step} ${act.type} ${entry.submissions.length} ${entry.returns.length} ${this.state.dues[act.step!]?.due}`;
      const outcome = act.outcomes?.find((id) => entry.step.outcomes[id]?.effect === 'meets');
      if (act.outcomes && outcome === undefined) continue;
      keys.add(key);
      if (!this.planned.has(key)) this.planned.set(key, { at: this.when(act), act, outcome });
    }
    const next = [...this.planned].filter(([key]) => keys.has(key)).map(([, plan]) => plan);
    return next.reduce<Plan | null>((first, plan) => (first === null || plan.at < first.at ? plan : first), null);
  }

  /** In time = with a quarter of its days to spare; late = so many working days after the due; an answer takes two. */
  private when(act: PossibleAct): Instant {
    const progress = progressOf(this.state);
    const entry = progress.steps.get(act.step!)!;
    const due = entry.turn === 'debtor' ? deadlineOf(progress, entry).due : null;
    if (due === null) return this.later(2);
    if (isMoment(due)) return this.input.behaviour.kind === 'on-time' ? addSeconds(due, -1) : addSeconds(due, 5);
    const days = this.delay();
    const today = civilDateAt(this.now, this.state.calendar.zone);
    const inTime = Math.floor((workingDaysBetween(this.state.calendar, today, due) * 3) / 4);
    const [n, from] = days === 0 ? [inTime, today] : [days, due];
    const day = count(this.state.calendar, { n, unit: 'wd' }, from, []).due!;
    const at = instantAt(day, '16:00', this.state.calendar.zone);
    return at > this.now ? at : this.later(1);
  }

  private delay(): number {
    const { behaviour } = this.input;
    if (behaviour.kind === 'late') return behaviour.days;
    return behaviour.kind === 'random' && this.random() < 0.4 ? 1 + Math.floor(this.random() * 20) : 0;
  }

  private later(days: number): Instant {
    if (Object.values(this.state.dues).some(({ due }) => due !== null && isMoment(due))) return addSeconds(this.now, 1);
    const today = civilDateAt(this.now, this.state.calendar.zone);
    return instantAt(
      count(this.state.calendar, { n: days, unit: 'wd' }, today, []).due!,
      '15:00',
      this.state.calendar.zone,
    );
  }

  private perform({ at, act, outcome }: Plan): void {
    this.now = at;
    const capacity = act.offices[0]!;
    const step = act.step!;
    if (act.type === 'judgeMeasure')
      this.give(capacity, { type: 'judgeMeasure', measure: step.split('/')[1]!, outcome: outcome! });
    else if (act.type === 'submitStep') this.give(capacity, { type: 'submitStep', step });
    else this.give(capacity, { type: 'completeStep', step, outcome: outcome! }, this.heldOn(step));
    if (act.type !== 'submitStep') this.conclude(step);
  }

  /** A meeting was announced in time. */
  private heldOn(step: string): Command['envelope']['dates'] {
    const { calendar, procedure } = this.state;
    const notice = procedure.steps.find(({ id }) => id === step)?.notice;
    const today = civilDateAt(this.now, calendar.zone);
    if (!notice || notice.unit === 's') return {};
    const sent = civilDateAt(this.state.openedAt, calendar.zone);
    return { document: today, sent, received: today };
  }

  /** What the committee concludes leaves findings and one measure for each, before the notice is issued. */
  private conclude(step: string): void {
    const next = this.state.procedure.steps.find(({ due }) =>
      due.some((rule) => rule.kind === 'paper-date' && rule.paper === 'measure'),
    );
    const isLastBefore =
      next &&
      this.state.procedure.steps.some(
        ({ id, entry }) => id === next.entry[0]?.step && entry.some((each) => each.step === step),
      );
    if (!isLastBefore) return;
    for (let i = 0; i < this.input.findings; i++) {
      this.tryAll({ type: 'recordFinding', finding: `f${i}`, kind: 'limitation' });
      this.tryAll({ type: 'recordMeasure', measure: `m${i}`, findings: [`f${i}`], nature: 'duty' });
    }
  }

  private tryAll(body: CommandBody): void {
    const offices = this.state.procedure.acts[body.type] ?? [];
    if (offices[0]) this.give(offices[0], body);
  }

  private give(capacity: string, body: CommandBody, dates: Command['envelope']['dates'] = {}): void {
    const mayDate = this.state.procedure.paperEntry.includes(capacity);
    const office =
      Object.keys(dates).length > 0 && !mayDate ? (this.state.procedure.paperEntry[0] ?? capacity) : capacity;
    this.take({ ...body, envelope: { ...this.envelope(office), dates } } as Command);
  }

  private pass(moment: Instant): void {
    this.now = moment > this.now ? moment : this.now;
    const before = this.events.length;
    this.take({ type: 'passMoment', moment, envelope: this.envelope('engine') });
    const ends = this.events
      .slice(before)
      .flatMap((event) => (event.type === 'rungDue' ? this.endsOf(event.data) : []));
    if (ends.length > 0) this.take({ type: 'endNotices', ends, envelope: this.envelope('engine') });
  }

  private endsOf({ rung, to, send }: Extract<CaseEvent, { type: 'rungDue' }>['data']) {
    return to.map((office) => {
      const end = this.input.holder(office, this.state.opening) === null ? ('nobody' as const) : ('sent' as const);
      return { rung, office, end, at: send };
    });
  }

  private take(command: Command): void {
    const decision = decide(this.state, command, this.now);
    if (!('events' in decision)) {
      // A rehearsed act the core refuses is not tried again on the same due: its plan stays used up.
      for (const [key, plan] of this.planned)
        if (plan.at <= this.now) this.planned.set(key, { ...plan, at: this.later(20) });
      return;
    }
    this.events.push(...decision.events);
    this.state = decision.events.reduce(apply, this.state);
  }

  private envelope(capacity: string): Command['envelope'] {
    return {
      commandId: `rehearsal-${this.events?.length ?? 0}`,
      actor: capacity,
      capacity,
      grants: [],
      enteredAt: this.now,
      dates: {},
    };
  }
}

const MOVES = new Set(['submitStep', 'completeStep', 'judgeMeasure']);

/** A small seeded generator: a rehearsal must repeat itself to be compared with the next one. */
function mulberry32(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
