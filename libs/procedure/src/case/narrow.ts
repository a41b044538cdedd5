import type { StepKey, UnitId } from './commands.js';
import { isForeignDuty, isReadBy } from './duties.js';
import type { CaseEvent, EventOf, EventType } from './events.js';
import { lineOf, type Passage, REST, sharesOf } from './owing.js';
import type { Progress } from './progress.js';

/** What is said for oneself, and moves nothing of anybody else's. */
const SPEECH: EventType[] = ['contested', 'delayExplained'];
const NOTICES: EventType[] = ['rungDue', 'rungPassed', 'rungHeld', 'rungUnfounded', 'noticeEnded', 'overdueBegan'];

/**
 * An event as one of several units is told of it. It learns by which instrument the case passed and what of it came to
 * itself, from whom, and back to the subject of the case; what the others took, whether they have accepted, what they say and
 * who acts for them is left out. The duties of these units are the same on what is left.
 */
export class Narrow {
  private readonly line: Set<UnitId>;
  private readonly passages: Map<number, Passage>;

  private constructor(
    private readonly progress: Progress,
    private readonly units: UnitId[],
  ) {
    this.line = lineOf(progress.owing, units);
    this.passages = new Map(progress.owing.passages.map((passage) => [passage.seq, passage]));
  }

  /** Null when nothing is left out: the unit that the case was opened on is told how all of it passed on. */
  static to(progress: Progress, units: UnitId[]): Narrow | null {
    const subject = progress.state.opening.subject?.unit;
    return subject === undefined || units.includes(subject) ? null : new Narrow(progress, units);
  }

  /** Null = of no concern to it. `about`: the step it is about. */
  narrowed(event: CaseEvent, about: StepKey | undefined): CaseEvent | null {
    const isForeign = this.isByAnother(event);
    if (isForeign && SPEECH.includes(event.type)) return null;
    if (NOTICES.includes(event.type) && this.isForeignDuty(about)) return null;
    const told = this.dataOf(event);
    return told && isForeign ? withoutHand(told) : told;
  }

  /** A duty that others owe; it may still be shown, where something of one's own follows from it. */
  isForeignDuty(key: StepKey | undefined): boolean {
    const entry = key === undefined ? undefined : this.progress.steps.get(key);
    return entry !== undefined && isForeignDuty(this.progress, entry, this.units);
  }

  own = (units: UnitId[]): UnitId[] => units.filter((unit) => this.units.includes(unit));

  private isByAnother({ by }: CaseEvent): boolean {
    return by !== 'engine' && by.unit !== undefined && !this.line.has(by.unit);
  }

  private dataOf(event: CaseEvent): CaseEvent | null {
    switch (event.type) {
      case 'unitTransferred':
        return this.passed(event);
      case 'transferAccepted':
        return this.line.has(event.data.unit) || this.isFromHere(event.data.unit) ? event : null;
      case 'rungDue': {
        const { each } = event.data;
        if (!each) return event;
        const told = Object.entries(each).map(([office, units]) => [office, this.own(units)] as const);
        return { ...event, data: { ...event.data, each: Object.fromEntries(told) } };
      }
      default:
        return event;
    }
  }

  private isFromHere(receiver: UnitId): boolean {
    return [...this.passages.values()].some(({ from, to }) => this.units.includes(from) && to.includes(receiver));
  }

  private passed(event: EventOf<'unitTransferred'>): CaseEvent | null {
    const { seq, data } = event;
    const { from = data.from, ended = [] } = this.passages.get(seq) ?? {};
    if (from !== undefined && this.units.includes(from)) return event;
    const to = data.to.filter((unit) => this.line.has(unit));
    if (to.length === 0 && !(from !== undefined && this.line.has(from))) return null;
    const { duties: _, closes: all = [], reason, ...rest } = data;
    const closes = ended.filter((key) => this.isRead(key));
    const shares = [...sharesOf(data)];
    const known = shares.filter(([key, units]) => key === REST || this.isRead(key) || this.own(units).length > 0);
    if ([to, known, closes].every(({ length }, i) => length === [data.to, shares, all][i]!.length)) return event;
    // Named for nobody = for somebody else: it is not the first receiver's that is left here.
    const duties = known.map(([duty, named]) => {
      const units = named.filter((unit) => this.line.has(unit));
      return { duty, units, ...(units.length > 0 && named.length > 1 && { jointly: true as const }) };
    });
    return { ...event, data: { ...rest, to, duties, ...(closes.length > 0 && { closes, reason }) } };
  }

  private isRead(key: StepKey): boolean {
    const entry = this.progress.steps.get(key);
    return entry !== undefined && isReadBy(this.progress, entry, this.units);
  }
}

const withoutHand = (event: CaseEvent): CaseEvent =>
  ({ ...event, by: event.by === 'engine' ? event.by : { actor: '', capacity: event.by.capacity } }) as CaseEvent;
