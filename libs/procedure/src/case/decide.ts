import type { Instant } from '../civil/instant.js';
import type { Command, CommandType, Envelope } from './commands.js';
import { consequences } from './consequences.js';
import { datesOf } from './dates.js';
import { FACT_OF, type CaseEvent, type EventData, type EventType } from './events.js';
import { apply } from './fold.js';
import { toldEach } from './duties.js';
import { dueAt } from './moments.js';
import { progressOf } from './progress.js';
import { no, type Refusal } from './refusals.js';
import { check } from './checks.js';
import { checkCorrection } from './corrections-check.js';
import type { CaseState } from './state.js';

/** `state` is the state after the events, so that nobody has to apply them again to look at it. */
export type Decision = { events: CaseEvent[]; state: CaseState } | { refusal: Refusal };

const refuse = (...reason: Parameters<typeof no>): { refusal: Refusal } => ({ refusal: no(...reason) });

/**
 * What a command does to a case: its fact and the consequences in force from then on, or a refusal. Total: it never
 * throws, and a refusal changes nothing. `now` is the moment for the engine's own commands; a person's act counts by
 * its own dates and by `envelope.enteredAt`.
 */
export function decide(state: CaseState, command: Command, now: Instant): Decision {
  const { envelope } = command;
  if (envelope.expectedSeq !== undefined && envelope.expectedSeq !== state.seq)
    return refuse('SEQ_MOVED', { expected: envelope.expectedSeq, actual: state.seq });
  if (command.type === 'passMoment') return passMoment(state, envelope, now);
  if (command.type === 'endNotices') return endNotices(state, command);
  const dates = datesOf(state, command);
  if ('refusal' in dates) return dates;
  const refusal =
    check(state, command, dates.dates) ?? (command.type === 'correctEntry' ? checkCorrection(state, command) : null);
  if (refusal) return { refusal };
  const { type, envelope: _, ...data } = command;
  const recorder = new Recorder(state, envelope);
  recorder.add(FACT_OF[type], data as never, dates.dates);
  return recorder.finish(type);
}

/** Numbers events and keeps the state after them, so that each consequence sees the ones before. */
export class Recorder {
  readonly events: CaseEvent[] = [];
  constructor(
    public state: CaseState,
    private readonly envelope: Envelope,
    private readonly before = state,
  ) {}

  add<T extends EventType>(type: T, data: EventData[T], dates: CaseEvent['dates'] = {}): void {
    const { commandId, enteredAt, actor, capacity, onBehalfOf, actingFor, unit, second, secondCapacity, paper } =
      this.envelope;
    const by =
      capacity === 'engine'
        ? ('engine' as const)
        : {
            actor,
            capacity,
            ...(onBehalfOf ? { onBehalfOf } : {}),
            ...(actingFor ? { actingFor } : {}),
            ...(unit ? { unit } : {}),
            ...(second ? { second } : {}),
            ...(secondCapacity ? { secondCapacity } : {}),
          };
    const isFact = Object.values<string>(FACT_OF).includes(type);
    const event = {
      seq: this.state.seq + 1,
      type,
      v: 1,
      at: enteredAt,
      commandId,
      by: isFact ? by : 'engine',
      dates,
      ...(isFact && paper ? { paper } : {}),
      data,
    } as CaseEvent;
    this.events.push(event);
    this.state = apply(this.state, event);
  }

  finish(command: CommandType): Decision {
    consequences(this, this.before, command);
    return { events: this.events, state: this.state };
  }
}

function passMoment(state: CaseState, envelope: Envelope, now: Instant): Decision {
  if (envelope.capacity !== 'engine') return refuse('NOT_ALLOWED', { capacity: envelope.capacity });
  if (state.ended) return refuse('CASE_ENDED');
  const due = dueAt(progressOf(state), now);
  if (due.length === 0) return refuse('NOTHING_DUE');
  const recorder = new Recorder(state, { ...envelope, enteredAt: now });
  for (const event of due) {
    if (event.type === 'overdueBegan') {
      const { step, due: day } = event;
      recorder.add('overdueBegan', { step, due: day, force: state.dues[step]?.force ?? 'policy' });
      continue;
    }
    const { planned } = event;
    const base = { rung: planned.key, step: planned.entry.key, id: planned.rung.id };
    if (event.type === 'rungHeld') recorder.add('rungHeld', { ...base, waitsFor: planned.waitsFor ?? '' });
    else if (event.type === 'rungPassed') recorder.add('rungPassed', { ...base, why: 'collapsed' });
    else {
      const binding = state.dues[planned.entry.key]?.force === 'binding';
      const { due: day, to, at } = planned;
      const each = toldEach(progressOf(state), planned.entry, to);
      const told = { due: day, to, planned: at, cause: event.cause, send: event.send, binding };
      recorder.add('rungDue', { ...base, ...told, ...(each && { each }) });
    }
  }
  return { events: recorder.events, state: recorder.state };
}

/** The ends of notices, brought back by delivery: a fact each, once each; an end already known is passed over. */
function endNotices(state: CaseState, command: Extract<Command, { type: 'endNotices' }>): Decision {
  if (command.envelope.capacity !== 'engine') return refuse('NOT_ALLOWED', { capacity: command.envelope.capacity });
  const recorder = new Recorder(state, command.envelope);
  for (const end of command.ends) {
    const record = recorder.state.rungs[end.rung];
    if (!record || !record.to.includes(end.office))
      return refuse('NOTICE_UNKNOWN', { rung: end.rung, office: end.office });
    const known = record.ends[end.office]?.end;
    if (known === undefined || RANK[end.end] > RANK[known]) recorder.add('noticeEnded', end);
  }
  return { events: recorder.events, state: recorder.state };
}

/** A notice that was sent may still be read and acknowledged; nothing ever takes a proof back. */
const RANK = { failed: 0, nobody: 1, sent: 2, read: 3, acknowledged: 4 } as const;
