import type { CompiledCalendar } from '../calendar/calendar.js';
import type { Instant } from '../civil/instant.js';
import type { CompiledProcedure, OfficeId, PartyId } from '../definition/definition.js';
import type { CaseEvent, Opening } from '../case/events.js';
import { CasePlayer } from './case-player.js';
import { longHolidays, weekOf } from './weeks.js';

/** How the people of a rehearsal behave. `random` repeats itself exactly for the same seed. */
export type Behaviour = { kind: 'on-time' } | { kind: 'late'; days: number } | { kind: 'random'; seed: number };

export interface RehearsalInput {
  procedure: CompiledProcedure;
  calendar: CompiledCalendar;
  /** one per case, as the launch would write them */
  openings: Opening[];
  /** when a case opens: its wave has a day of its own */
  start(opening: Opening): Instant;
  behaviour: Behaviour;
  /** findings and measures each conclusion is to carry */
  findings: number;
  /** who holds the office for this case, by opaque id; null = nobody can be reached */
  holder(office: OfficeId, opening: Opening): string | null;
}

export interface RehearsalReport {
  cases: number;
  /** cases that came to their end, and the day the last one did */
  closed: number;
  endsOn: string | null;
  /** per week (its Monday): what each party had to do and how many notices went out */
  weeks: { week: string; acts: Record<PartyId, number>; notices: number }[];
  /** letters per head: person → notices */
  letters: Record<string, number>;
  /** deadlines in the week of a long holiday or in the week after it */
  nearHolidays: { unit: string; step: string; due: string }[];
  /** notices that would reach nobody */
  unreached: { unit: string; step: string; rung: string; office: OfficeId }[];
  /** steps that went past their due */
  late: number;
  provisional: number;
}

/** Plays a whole campaign to its end with the same core that will run it. Writes nothing, reads no clock. */
export function rehearse(input: RehearsalInput): RehearsalReport {
  const playing = rehearsing(input);
  for (;;) {
    const { done, value } = playing.next();
    if (done) return value;
  }
}

/** The same, case by case, for whoever has others to serve in between. */
export function* rehearsing(input: RehearsalInput): Generator<void, RehearsalReport> {
  const report: RehearsalReport = {
    cases: input.openings.length,
    closed: 0,
    endsOn: null,
    weeks: [],
    letters: {},
    nearHolidays: [],
    unreached: [],
    late: 0,
    provisional: 0,
  };
  const weeks = new Map<string, { acts: Record<PartyId, number>; notices: number }>();
  for (const [i, opening] of input.openings.entries()) {
    const player = new CasePlayer(input, opening, i);
    const events = player.play();
    collect(input, report, weeks, opening, events);
    if (player.isClosed) report.closed++;
    yield;
  }
  report.weeks = [...weeks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([week, load]) => ({ week, ...load }));
  return report;
}

type Weeks = Map<string, { acts: Record<PartyId, number>; notices: number }>;

function collect(
  input: RehearsalInput,
  report: RehearsalReport,
  weeks: Weeks,
  opening: Opening,
  events: CaseEvent[],
): void {
  const unit = opening.subject?.unit ?? '';
  const at = (instant: Instant) => {
    const week = weekOf(input.calendar, instant);
    const load = weeks.get(week) ?? { acts: {}, notices: 0 };
    weeks.set(week, load);
    return load;
  };
  for (const event of events) {
    if (event.by !== 'engine' && event.type !== 'opened') {
      const party = input.procedure.offices[event.by.capacity] ?? event.by.capacity;
      const { acts } = at(event.at);
      acts[party] = (acts[party] ?? 0) + 1;
    }
    if (event.type === 'overdueBegan') report.late++;
    if (event.type === 'dueSet') {
      const { step, due, provisional } = event.data;
      if (provisional) report.provisional++;
      if (due !== null && longHolidays(input.calendar).some(({ from, to }) => due >= from && due <= to))
        report.nearHolidays.push({ unit, step, due });
    }
    if (event.type === 'rungDue') {
      for (const office of event.data.to) {
        const person = input.holder(office, opening);
        if (person === null) report.unreached.push({ unit, step: event.data.step, rung: event.data.id, office });
        else report.letters[person] = (report.letters[person] ?? 0) + 1;
      }
      at(event.data.send).notices += event.data.to.length;
    }
    if (event.type === 'caseEnded' && (report.endsOn === null || event.at > report.endsOn)) report.endsOn = event.at;
  }
}
