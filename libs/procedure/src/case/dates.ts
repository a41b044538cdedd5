import type { Instant } from '../civil/instant.js';
import type { DateKind } from '../definition/definition.js';
import type { ActDates, Command, StepKey } from './commands.js';
import { no, type Refusal } from './refusals.js';
import type { CaseState } from './state.js';
import { dateOf, isAfterDue, isBefore, isWhen } from './when.js';

const KINDS = ['document', 'sent', 'received'] as const;

/**
 * The dates an act counts by. A paper's own dates may be entered by the offices that keep the register, never in the
 * future; everybody else's act is dated by the server's receipt (design §3.7, §4.2).
 */
export function datesOf(state: CaseState, command: Command): { dates: ActDates } | { refusal: Refusal } {
  const { envelope } = command;
  const { capacity, dates, enteredAt } = envelope;
  const today = dateOf(state.procedure, state.calendar, enteredAt);
  const mayDate = capacity === 'engine' || state.procedure.paperEntry.includes(capacity);
  const written = envelope.paper?.date;
  const wrong = written === undefined ? null : checkDate(state, 'paper', written, today);
  if (wrong) return { refusal: wrong };
  const given = KINDS.filter((kind) => dates[kind] !== undefined);
  if (given.length === 0) return { dates: { document: (mayDate && written) || today, sent: today, received: today } };
  const foreign = mayDate ? undefined : given.find((kind) => isWhen(dates[kind]) && dates[kind] !== today);
  if (foreign) return { refusal: no('DATE_NOT_YOURS', { kind: foreign }) };
  const step = 'step' in command ? command.step : undefined;
  const refusal = checkDates(state, dates, step, enteredAt);
  return refusal ? { refusal } : { dates };
}

/** Real dates, none in the future, in the order in which a paper lives. */
export function checkDates(
  state: CaseState,
  dates: ActDates,
  step: StepKey | undefined,
  enteredAt: Instant,
): Refusal | null {
  const today = dateOf(state.procedure, state.calendar, enteredAt);
  for (const kind of KINDS) {
    const wrong = dates[kind] === undefined ? null : checkDate(state, kind, dates[kind], today);
    if (wrong) return wrong;
  }
  for (const [first, second] of orderOf(state, step)) {
    const [a, b] = [dates[first], dates[second]];
    if (a !== undefined && b !== undefined && isBefore(state.calendar, b, a))
      return no('DATE_ORDER', { first, second });
  }
  return null;
}

function checkDate(state: CaseState, kind: string, date: string, today: string): Refusal | null {
  if (!isWhen(date)) return no('DATE_INVALID', { kind });
  return isAfterDue(state.calendar, date, today) ? no('DATE_IN_FUTURE', { kind, date }) : null;
}

/** A paper is dated, sent, received; a meeting is announced (sent) before the day it is held (document). */
function orderOf(state: CaseState, key: StepKey | undefined): [DateKind, DateKind][] {
  const step = key?.split('/')[0];
  const isMeeting = state.procedure.steps.some(({ id, notice }) => id === step && notice !== undefined);
  const arrives: [DateKind, DateKind][] = [
    ['document', 'received'],
    ['sent', 'received'],
  ];
  return isMeeting ? arrives : [['document', 'sent'], ...arrives];
}
