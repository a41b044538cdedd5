import type { DateKind } from '../definition/definition.js';
import type { ActDates, Command } from './commands.js';
import type { Refusal } from './refusals.js';
import type { CaseState } from './state.js';
import { dateOf, isAfterDue, isBefore, isWhen } from './when.js';

const refusal = (code: Refusal['code'], params: Refusal['params'] = {}): { refusal: Refusal } => ({
  refusal: { code, params },
});
const KINDS = ['document', 'sent', 'received'] as const;

/**
 * The dates an act counts by. A paper's own dates may be entered by the offices that keep the register, never in the
 * future; everybody else's act is dated by the server's receipt (design §3.7, §4.2).
 */
export function datesOf(state: CaseState, command: Command): { dates: ActDates } | { refusal: Refusal } {
  const { envelope } = command;
  const today = dateOf(state.procedure, state.calendar, envelope.enteredAt);
  const given = KINDS.filter((kind) => envelope.dates[kind] !== undefined);
  const mayDate = envelope.capacity === 'engine' || state.procedure.paperEntry.includes(envelope.capacity);
  const written = envelope.paper?.date;
  if (written !== undefined && !isWhen(written)) return refusal('DATE_INVALID', { kind: 'paper' });
  if (written !== undefined && isAfterDue(state.calendar, written, today))
    return refusal('DATE_IN_FUTURE', { kind: 'paper', date: written });
  if (given.length === 0) return { dates: { document: (mayDate && written) || today, sent: today, received: today } };
  for (const kind of given) if (!isWhen(envelope.dates[kind])) return refusal('DATE_INVALID', { kind });
  if (!mayDate && given.some((kind) => envelope.dates[kind] !== today))
    return refusal('DATE_NOT_YOURS', { kind: given[0]! });
  const early = given.find((kind) => isAfterDue(state.calendar, envelope.dates[kind]!, today));
  if (early) return refusal('DATE_IN_FUTURE', { kind: early, date: envelope.dates[early]! });
  for (const [first, second] of orderOf(state, command)) {
    const [a, b] = [envelope.dates[first], envelope.dates[second]];
    if (a !== undefined && b !== undefined && isBefore(state.calendar, b, a))
      return refusal('DATE_ORDER', { first, second });
  }
  return { dates: envelope.dates };
}

/** A paper is dated, sent, received; a meeting is announced (sent) before the day it is held (document). */
function orderOf(state: CaseState, command: Command): [DateKind, DateKind][] {
  const step = 'step' in command ? command.step?.split('/')[0] : undefined;
  const isMeeting = state.procedure.steps.some(({ id, notice }) => id === step && notice !== undefined);
  const arrives: [DateKind, DateKind][] = [
    ['document', 'received'],
    ['sent', 'received'],
  ];
  return isMeeting ? arrives : [['document', 'sent'], ...arrives];
}
