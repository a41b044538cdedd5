import type { OfficeId, PartyId } from '../definition/definition.js';
import type { StepKey, UnitId } from './commands.js';
import { deadlineOf } from './deadline.js';
import { isReadBy, SUBJECT_PARTY } from './duties.js';
import type { CaseEvent, EventOf } from './events.js';
import { Narrow } from './narrow.js';
import { isEntered, progressOf, type Progress } from './progress.js';
import type { Actor, CaseState, Deadline } from './state.js';
import { concernOf, stepOf } from './step-of.js';

/** Who sees everything of a case they have a right to at all; the auditor's mandate is checked at the door. */
const SEES_ALL = '*';

/** Decides of each event whether this person may read it: by its kind, its step, its outcome, and the entry it speaks of. */
export class Reader {
  private readonly progress: Progress;
  private readonly parties: Set<PartyId>;
  private readonly known = new Map<number, CaseEvent>();
  /** only where one speaks for some of several units, and in no other name */
  private readonly narrow: Narrow | null;
  private visibleProgress: Progress;

  constructor(
    readonly state: CaseState,
    readonly events: CaseEvent[],
    readonly actor: Actor,
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

  own = (units: UnitId[]): UnitId[] => this.narrow?.own(units) ?? units;

  isOnlySubject = (): boolean => this.parties.size === 1 && this.parties.has(SUBJECT_PARTY);

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
