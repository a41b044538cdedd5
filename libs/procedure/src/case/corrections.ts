import type { ActDates } from './commands.js';
import type { CaseEvent, EventOf } from './events.js';
import { no, type Refusal } from './refusals.js';
import type { CaseState } from './state.js';

/**
 * The facts as they are true now: each corrected entry with its correction in place, each voided one left out. The
 * corrections stay in the record; what was known on a day is the fold of the events up to that day.
 */
export function effectiveFacts(facts: CaseEvent[]): CaseEvent[] {
  const corrections = facts.filter((fact) => fact.type === 'entryCorrected');
  if (corrections.length === 0) return facts;
  const latest = new Map<number, EventOf<'entryCorrected'>>();
  for (const correction of corrections) latest.set(rootOf(correction.data.entry, facts), correction);
  return facts.flatMap((fact) => {
    const correction = latest.get(fact.seq);
    if (!correction) return fact.type === 'entryCorrected' ? [] : [fact];
    return correction.data.void ? [] : [corrected(fact, correction)];
  });
}

/** The dates of an entry as they are true now. */
export const datesOf = (entry: number, facts: CaseEvent[]): ActDates =>
  effectiveFacts(facts).find(({ seq }) => seq === rootOf(entry, facts))?.dates ?? {};

/** A correction may itself be corrected: both stand for the same first entry. */
export function rootOf(seq: number, facts: CaseEvent[]): number {
  const fact = facts.find((other) => other.seq === seq);
  return fact?.type === 'entryCorrected' ? rootOf(fact.data.entry, facts) : seq;
}

export const isCorrected = (seq: number, facts: CaseEvent[]): boolean =>
  facts.some((fact) => fact.type === 'entryCorrected' && fact.data.entry === seq);

/** Corrected by one account on the strength of a signed paper, without a second one. */
export const isCorrectedAlone = (seq: number, facts: CaseEvent[]): boolean =>
  facts.some(
    ({ type, by, data }) =>
      type === 'entryCorrected' && by !== 'engine' && by.second === undefined && rootOf(data.entry, facts) === seq,
  );

/** What the core recorded itself follows from an act, and is put right with it. */
export const noSuchFact = ({ seq }: CaseState, entry: number): Refusal =>
  no(entry > 0 && entry <= seq ? 'ENTRY_DERIVED' : 'ENTRY_UNKNOWN', { entry });

function corrected(fact: CaseEvent, { data: { replace } }: EventOf<'entryCorrected'>): CaseEvent {
  const data =
    replace?.outcome !== undefined && 'outcome' in fact.data ? { ...fact.data, outcome: replace.outcome } : fact.data;
  return { ...fact, data, dates: replace?.dates ?? fact.dates, paper: replace?.paper ?? fact.paper } as CaseEvent;
}
