// A core small enough to predict: findings are recorded, `suspend` plans a moment, `cancel` ends. Bundled in place of the
// real one where a test is about the protocol and not about the procedure.
import type { CaseEvent, CaseState, Command, EventType, Refusal } from '@giamsat/procedure';

export { FACT_OF } from '../../libs/procedure/src/case/events.js';

type State = { seq: number; ended: string | null; next: string | null };
let decided = 0;

export const fold = (events: CaseEvent[]): CaseState =>
  events.reduce(apply, { seq: 0, ended: null, next: null } as unknown as CaseState);

export function apply(before: CaseState, event: CaseEvent): CaseState {
  const state = before as unknown as State;
  const ended = event.type === 'cancelled' || event.type === 'caseEnded' ? 'cancelled' : state.ended;
  return { seq: event.seq, next: nextAfter(state, event), ended } as unknown as CaseState;
}

/** `suspend` for '<moment>' plans it once, for '<moment> again' twice. */
function nextAfter({ next }: State, event: CaseEvent): string | null {
  if (event.type === 'suspended') return event.data.reason;
  if (event.type !== 'overdueBegan') return next;
  return next?.endsWith(' again') ? next.slice(0, -' again'.length) : null;
}

export const rowOf = (state: CaseState) => ({
  seq: state.seq,
  nextMoment: (state as unknown as State).next?.split(' ')[0] ?? null,
});

export function decide(
  before: CaseState,
  command: Command,
  now: string,
): { events: CaseEvent[]; state: CaseState } | { refusal: Refusal } {
  const state = before as unknown as State;
  const event = (type: EventType, data: unknown) => {
    const { commandId } = command.envelope;
    const made = { seq: state.seq + 1, type, v: 1, at: now, commandId, by: 'engine', dates: {}, data } as CaseEvent;
    return { events: [made], state: apply(before, made) };
  };
  decided++;
  switch (command.type) {
    case 'recordFinding':
      // `decided` is module state: a case that saw another case's count would show it here.
      return event('findingRecorded', { finding: command.finding, kind: 'limitation', span: [decided, decided] });
    case 'suspend':
      return event('suspended', { reason: command.reason });
    case 'cancel':
      return event('cancelled', { reason: command.reason });
    case 'passMoment':
      return state.next?.split(' ')[0] === command.moment
        ? event('overdueBegan', { step: 'self-report', due: command.moment, force: 'binding' })
        : { refusal: { code: 'NOTHING_DUE', params: {} } };
    default:
      return { refusal: { code: 'NOT_ALLOWED', params: {} } };
  }
}
