import type {
  CompiledCalendar,
  CompiledProcedure,
  Opening,
  Envelope,
  CommandBody,
  Command,
  CaseEvent,
} from '../index.js';
import {
  decide,
  fold,
  instantAt,
  nextMoment,
  openStream,
  project,
  rowOf,
  type CaseState,
  type CaseView,
  type Decision,
} from '../index.js';
import { procedureLibrary } from '../source/index.js';

/** A case in a test: acts are given by day, moments pass by themselves, every notice is proven unless the test says not. */
export class Play {
  events: CaseEvent[];
  state: CaseState;
  now: string;
  private acts = 0;
  private turns = 0;

  constructor(
    readonly procedure: CompiledProcedure,
    readonly calendar: CompiledCalendar,
    opening: Opening,
    openedOn: string,
    /** how the notice of a rung ends for an office; undefined = never */
    public ends: (rung: string, office: string) => 'sent' | 'failed' | 'nobody' | undefined = () => 'sent',
  ) {
    this.now = this.at(openedOn);
    this.events = openStream({ opening, procedure, calendar, envelope: this.envelope('coordinator') });
    this.state = fold(this.events);
  }

  at(date: string, time = '09:00'): string {
    return date.length > 10 ? date : instantAt(date, time, this.calendar.zone);
  }

  envelope(capacity: string, extra: Partial<Envelope> = {}): Envelope {
    return {
      commandId: `c${++this.acts}`,
      actor: `p-${capacity}`,
      capacity,
      grants: [],
      enteredAt: this.now,
      dates: {},
      ...extra,
    };
  }

  /** Gives a command on a day; all moments before it pass first. */
  try(on: string, capacity: string, body: CommandBody, extra: Partial<Envelope> = {}): Decision {
    this.until(this.at(on));
    const command = { ...body, envelope: this.envelope(capacity, extra) } as Command;
    const decision = decide(this.state, command, this.now);
    if ('events' in decision) this.take(decision);
    return decision;
  }

  do(on: string, capacity: string, body: CommandBody, extra: Partial<Envelope> = {}): CaseEvent[] {
    const decision = this.try(on, capacity, body, extra);
    if ('refusal' in decision) throw new Error(`${body.type}: ${JSON.stringify(decision.refusal)}`);
    return decision.events;
  }

  /** Lets planned moments pass, each at its time, up to this one. */
  until(moment: string): void {
    for (let next = nextMoment(this.state); next !== null && next <= moment; next = nextMoment(this.state))
      this.pass(next);
    if (moment > this.now) this.now = moment;
  }

  /** After an outage: everything that was planned meanwhile passes now, late. */
  settle(): void {
    for (let next = nextMoment(this.state); next !== null && next <= this.now; next = nextMoment(this.state)) {
      const before = this.state.seq;
      this.pass(next);
      if (this.state.seq === before) throw new Error(`a due moment left nothing: ${next}`);
    }
  }

  /** One moment passes, on time or late (an outage). */
  pass(moment: string): CaseEvent[] {
    if (moment > this.now) this.now = moment;
    const command = { type: 'passMoment', moment, envelope: this.envelope('engine') } as Command;
    const decision = decide(this.state, command, this.now);
    if ('refusal' in decision) throw new Error(`passMoment ${moment}: ${JSON.stringify(decision.refusal)}`);
    this.take(decision);
    this.prove(decision.events);
    return decision.events;
  }

  private prove(events: CaseEvent[]): void {
    const ends = events.flatMap((event) =>
      event.type !== 'rungDue'
        ? []
        : event.data.to.flatMap((office) => {
            const end = this.ends(event.data.rung, office);
            return end ? [{ rung: event.data.rung, office, end, at: this.now }] : [];
          }),
    );
    if (ends.length > 0) this.do(this.now, 'engine', { type: 'endNotices', ends });
  }

  /** The state as it was decided, as a workflow takes it over. */
  private take({ events, state }: Extract<Decision, { events: unknown }>): void {
    this.events.push(...events);
    this.state = state;
  }

  get view(): CaseView {
    return project(this.state, this.events, this.now);
  }

  get row() {
    return rowOf(this.state);
  }

  due(step: string): string | null | undefined {
    return this.view.steps.find(({ key }) => key === step)?.deadline?.due;
  }

  of<T extends CaseEvent['type']>(type: T): Extract<CaseEvent, { type: T }>[] {
    return this.events.filter((event) => event.type === type) as Extract<CaseEvent, { type: T }>[];
  }
}

export function opening(extra: Partial<Opening> = {}): Opening {
  return {
    scope: 'case',
    campaign: 'k1',
    subject: { caseId: 'c1', unit: 'u1', kind: 'body', wave: 1 },
    level: 'province',
    year: 2023,
    mandate: {
      'programme-approved': { outcome: 'approved', dates: { document: '2023-01-10' } },
      'plan-issued': { outcome: 'issued', dates: { document: '2023-07-11' } },
      'team-formed': { outcome: 'issued', dates: { document: '2023-07-11' } },
    },
    planDates: {},
    sessions: {},
    team: 't1',
    historical: false,
    ...extra,
  };
}

export const partyProcedure = (version = '2022'): CompiledProcedure =>
  procedureLibrary().getProcedure(`vn-party-supervision@${version}`)!.compiled;
export const vietnam = (): CompiledCalendar => procedureLibrary().getCalendar('VN')!.compiled;

export const play = (openedOn = '2023-07-12', extra: Partial<Opening> = {}): Play =>
  new Play(partyProcedure(), vietnam(), opening(extra), openedOn);
