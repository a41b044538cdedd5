import type { CaseEvent, EventOf } from './events.js';
import type { CaseState, RungRecord } from './state.js';

/** State of a stream from its events, the first being `opened`. Throws on an empty or headless stream: a broken ledger. */
export function fold(events: CaseEvent[]): CaseState {
  const [opened, ...rest] = events;
  if (opened?.type !== 'opened') throw new Error('A stream begins with the event `opened`.');
  return rest.reduce(apply, begin(opened));
}

function begin(event: EventOf<'opened'>): CaseState {
  const { opening, procedure, calendar } = event.data;
  return {
    seq: event.seq,
    opening,
    procedure,
    calendar,
    openedAt: event.at,
    facts: [],
    dues: {},
    rungs: {},
    overdue: {},
    ended: null,
  };
}

/**
 * The state after one more event. Records what the event says and derives nothing, so a later core reads an old ledger
 * exactly as it was written. Unknown types are kept out, not guessed.
 */
export function apply(state: CaseState, event: CaseEvent): CaseState {
  const next: CaseState = { ...state, seq: event.seq };
  switch (event.type) {
    case 'opened':
      return begin(event);
    case 'dueSet': {
      const { step, due, force, provisional, cause } = event.data;
      next.dues = { ...state.dues, [step]: { due, force, provisional, at: event.at, cause } };
      return next;
    }
    case 'overdueBegan':
      next.overdue = { ...state.overdue, [event.data.step]: event.data.due };
      return next;
    case 'rungDue':
      return rung(next, event, 'due', event.data.to);
    case 'rungPassed':
      return rung(next, event, 'passed', []);
    case 'rungHeld':
      return rung(next, event, 'held', []);
    case 'rungUnfounded':
      return rung(next, event, 'unfounded', event.data.to);
    case 'noticeEnded': {
      const record = state.rungs[event.data.rung];
      if (!record) return next;
      const { office, end, at } = event.data;
      next.rungs = {
        ...state.rungs,
        [event.data.rung]: { ...record, ends: { ...record.ends, [office]: { end, at } } },
      };
      return next;
    }
    case 'caseEnded':
      next.ended = event.data.how;
      return next;
    case 'calendarApplied':
      next.calendar = event.data.calendar;
      break;
    case 'procedureApplied':
      next.procedure = event.data.procedure;
      break;
    default:
      break;
  }
  next.facts = [...state.facts, event];
  return next;
}

type RungEvent = EventOf<'rungDue' | 'rungPassed' | 'rungHeld' | 'rungUnfounded'>;

function rung(next: CaseState, event: RungEvent, state: RungRecord['state'], to: string[]): CaseState {
  const known = next.rungs[event.data.rung];
  // An unfounded rung keeps the moment at which it was sent and what became of it.
  const kept = state === 'unfounded' && known ? { at: known.at, ends: known.ends } : { at: event.at, ends: {} };
  const record: RungRecord = { step: event.data.step, id: event.data.id, seq: event.seq, state, to, ...kept };
  next.rungs = { ...next.rungs, [event.data.rung]: record };
  return next;
}
