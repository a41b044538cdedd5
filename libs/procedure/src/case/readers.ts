import type { Instant } from '../civil/instant.js';
import type { OfficeId, PartyId } from '../definition/definition.js';
import { actsOf, capacitiesIn } from './acts.js';
import type { CommandType, StepKey, UnitId } from './commands.js';
import { deadlineOf } from './deadline.js';
import { isReadBy, SUBJECT_PARTY } from './duties.js';
import type { CaseEvent, EventOf } from './events.js';
import { isEntered, progressOf, type Progress } from './progress.js';
import { project, stageOf } from './project.js';
import { concernOf, stepOf } from './step-of.js';
import { Narrow } from './narrow.js';
import type { Actor, CaseState, CaseView, Deadline } from './state.js';

/** Who sees everything of a case they have a right to at all; the auditor's mandate is checked at the door. */
const SEES_ALL = '*';

export interface AllowedAct {
  type: CommandType;
  step?: StepKey;
  outcomes?: string[];
  capacities: string[];
}

/** What this person can do on the case now, and in which capacity. */
export function allowed(view: Pick<CaseView, 'acts'>, actor: Actor): AllowedAct[] {
  return view.acts.flatMap((possible) => {
    const capacities = capacitiesIn(possible, actor.offices, actor.units);
    const { type, step, outcomes } = possible;
    return capacities.length > 0 ? [{ type, ...(step && { step }), ...(outcomes && { outcomes }), capacities }] : [];
  });
}

/**
 * What this person may read of it, folded from the events he may read, as far as he may read them, and from nothing else:
 * what hidden acts opened, dated or ended is not there. `allowed` gives the same answer on it as on the whole.
 */
export function redact(state: CaseState, events: CaseEvent[], actor: Actor, now: Instant): CaseView {
  const reader = new Reader(state, events, actor);
  const visible = reader.visible();
  const view = project(visible.state, visible.events, now);
  const steps = view.steps.filter(({ key, readers }) => reader.may(readers, key));
  const seen = new Set(steps.map(({ key }) => key));
  return {
    ...view,
    seq: reader.lastSeq(),
    stage: stageOf(steps),
    // Where a hidden act ended a step, the day that passes says nothing true of whoever owed it.
    steps: steps.map((step) => ({
      ...step,
      ...(step.owes && { owes: reader.own(step.owes) }),
      readers: [],
      deadline: reader.isDateKnown(step.key, step.deadline) ? step.deadline : null,
      lateness: reader.isKnownWhole(step.key) ? step.lateness : null,
    })),
    units: reader.own(view.units),
    rungs: view.rungs.filter(({ step, to }) => seen.has(step) && reader.maySee(to, step)),
    nextMoment: null,
    acts: actsOf(state).flatMap((act) => {
      const offices = capacitiesIn(act, actor.offices, actor.units);
      return offices.length > 0 ? [{ ...act, offices }] : [];
    }),
  };
}

/** The last entry this person may read: where nothing else is told, not even that something is hidden after it. */
export const seenBy = (state: CaseState, events: CaseEvent[], actor: Actor): number =>
  new Reader(state, events, actor).lastSeq();

/** Decides of each event whether this person may read it: by its kind, its step, its outcome, and the entry it speaks of. */
class Reader {
  private readonly progress: Progress;
  private readonly parties: Set<PartyId>;
  private readonly known = new Map<number, CaseEvent>();
  /** only where one speaks for some of several units, and in no other name */
  private readonly narrow: Narrow | null;
  private visibleProgress: Progress;

  constructor(
    private readonly state: CaseState,
    private readonly events: CaseEvent[],
    private readonly actor: Actor,
  ) {
    this.progress = progressOf(state);
    this.parties = new Set(actor.offices.map((office) => state.procedure.offices[office] ?? ''));
    this.narrow = actor.units && this.isOnlySubject() ? Narrow.to(this.progress, actor.units) : null;
    for (const event of events) {
      const told = this.mayRead(event) ? this.asTold(event) : null;
      if (told) this.known.set(event.seq, told);
    }
    const facts = state.facts.flatMap(({ seq }) => this.known.get(seq) ?? []);
    // The same list stays the same object, so that what was played of it is not played again.
    const isWhole = facts.length === state.facts.length && !this.narrow;
    this.visibleProgress = progressOf(isWhole ? state : { ...state, facts });
  }

  lastSeq = (): number => this.visible().events.at(-1)?.seq ?? 0;

  own = (units: UnitId[]): UnitId[] => this.narrow?.own(units) ?? units;

  private isOnlySubject(): boolean {
    return this.parties.size === 1 && this.parties.has(SUBJECT_PARTY);
  }

  private asTold(event: CaseEvent): CaseEvent | null {
    if (!this.narrow) return event;
    if (event.type === 'contestAnswered' && !this.hasAsked(event)) return null;
    return this.narrow.narrowed(event, concernOf(this.progress, event));
  }

  /** As many answers as contests, in the same order: his is the one to his own. */
  private hasAsked({ seq, data: { entry } }: EventOf<'contestAnswered'>): boolean {
    const ofEntry = this.events.filter(({ data }) => 'entry' in data && data.entry === entry);
    const nth = ofEntry.filter(({ type }) => type === 'contestAnswered').findIndex((answer) => answer.seq === seq);
    const contest = ofEntry.filter(({ type }) => type === 'contested')[nth];
    return contest !== undefined && this.known.has(contest.seq);
  }

  /** As far as it is about a step: in the name of one of several units only of what is that unit's business. */
  may(readers: PartyId[] | undefined, key?: StepKey): boolean {
    const isForeign = this.isOfAnother(key);
    if (isForeign && this.parties.size === 1) return false;
    return (
      readers === undefined ||
      readers.some(
        (party) => party === SEES_ALL || (this.parties.has(party) && !(isForeign && party === SUBJECT_PARTY)),
      )
    );
  }

  private isOfAnother(key: StepKey | undefined): boolean {
    const { units } = this.actor;
    const entry = key === undefined ? undefined : this.progress.steps.get(key);
    return (
      units !== undefined &&
      this.parties.has(SUBJECT_PARTY) &&
      entry !== undefined &&
      !isReadBy(this.progress, entry, units)
    );
  }

  /** A notice: its addressees' own parties, and whoever may read notices at all. */
  maySee(to: OfficeId[], step: StepKey): boolean {
    const { offices, readers } = this.state.procedure;
    if (this.narrow?.isForeignDuty(step)) return false;
    return to.length === 0 || to.some((office) => this.parties.has(offices[office] ?? '')) || this.may(readers.rungDue);
  }

  isKnownWhole(step: StepKey): boolean {
    const [whole, known] = [this.progress.steps.get(step), this.visibleProgress.steps.get(step)];
    return whole?.turn === known?.turn && whole?.terms.length === known?.terms.length;
  }

  /** A date that counts from a hidden act is not shown, not even as missing. */
  isDateKnown(step: StepKey, deadline: Deadline | null): boolean {
    const whole = this.progress.steps.get(step);
    return deadline === null || deadline.due !== null || !whole || deadlineOf(this.progress, whole).due === null;
  }

  visible(): { state: CaseState; events: CaseEvent[] } {
    const { facts } = this.visibleProgress.state;
    const events = [...this.known.values()].filter((event) => this.isOpenToHim(event));
    const kept = <T>(record: Record<string, T>, stepOf: (key: string, value: T) => StepKey): Record<string, T> =>
      Object.fromEntries(Object.entries(record).filter(([key, value]) => this.isOpen(stepOf(key, value))));
    const { dues, overdue, rungs } = this.state;
    return {
      events,
      state: {
        ...this.state,
        facts,
        dues: kept(dues, (step) => step),
        overdue: kept(overdue, (step) => step),
        rungs: kept(rungs, (_, { step }) => step),
      },
    };
  }

  private mayRead(event: CaseEvent): boolean {
    const { readers, revealedBy } = this.state.procedure;
    if (!this.may(readers[event.type]) && !this.isRevealed(revealedBy?.[event.type])) return false;
    if ('entry' in event.data && event.data.entry !== undefined && !this.known.has(event.data.entry)) return false;
    if (!this.may(undefined, concernOf(this.progress, event))) return false;
    const key = stepOf(this.progress, event);
    const step = key === undefined ? undefined : this.progress.steps.get(key)?.step;
    if (!step) return true;
    const id = 'outcome' in event.data ? event.data.outcome : correctedOutcome(event);
    const outcome = id === undefined ? undefined : step.outcomes[id];
    return this.may(step.readers, key) && (this.may(outcome?.readers) || this.isRevealed(outcome?.revealedBy));
  }

  /** What the engine recorded of a step that only a hidden act opened would tell of that act. */
  private isOpenToHim(event: CaseEvent): boolean {
    const step = event.by === 'engine' ? stepOf(this.progress, event) : undefined;
    return step === undefined || this.isOpen(step);
  }

  private isOpen(key: StepKey): boolean {
    const [whole, known] = [this.progress.steps.get(key), this.visibleProgress.steps.get(key)];
    const isHidden = whole && isEntered(this.progress, whole) && !(known && isEntered(this.visibleProgress, known));
    return !isHidden;
  }

  /** Hidden until something happened: an event of that type, or a step of that name met. */
  private isRevealed(by: string | undefined): boolean {
    if (by === undefined) return false;
    return (
      this.events.some(({ type }) => type === by) ||
      [...this.progress.steps.values()].some(({ step, met }) => step.id === by && met !== null)
    );
  }
}

const correctedOutcome = ({ type, data }: CaseEvent): string | undefined =>
  type === 'entryCorrected' ? data.replace?.outcome : undefined;
