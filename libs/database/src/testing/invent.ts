import { randomUUID } from 'node:crypto';
import type { CommitInput } from '@giamsat/contracts/workflow';
import type { CaseEvent, CaseRow, Command, EventData, EventType } from '@giamsat/procedure';

/** Invented events and rows for tests of the database, which asks of an event only that it follows on. */
export function event<T extends EventType>(seq: number, commandId: string, type: T, data: EventData[T]): CaseEvent {
  const at = new Date(Date.UTC(2026, 0, 5, 1, 0, seq)).toISOString();
  const by = { actor: 'somebody', capacity: 'team-secretary' };
  return { seq, type, v: 1, at, commandId, by, dates: { document: '2026-01-05' }, data } as CaseEvent;
}

export const finding = (seq: number, commandId: string): CaseEvent =>
  event(seq, commandId, 'findingRecorded', { finding: randomUUID(), kind: 'limitation' });

export function row(seq: number, more: Partial<CaseRow> = {}): CaseRow {
  const nextMoment = new Date(Date.UTC(2026, 0, 6, 1, 0, seq)).toISOString();
  const lists = { open: [], dues: [], units: [], duties: {} };
  return {
    seq,
    status: 'running',
    stage: 'team-supervises',
    findings: 0,
    measures: 0,
    team: null,
    nextMoment,
    ...lists,
    ...more,
  };
}

/** A commit of these events after `afterSeq`; by default of one finding. */
export function commitOf(
  id: string,
  afterSeq: number,
  more: Partial<CommitInput> & { events?: (commandId: string) => CaseEvent[] } = {},
): CommitInput {
  const { events = (commandId: string) => [finding(afterSeq + 1, commandId)], ...rest } = more;
  const commandId = rest.commandId ?? randomUUID();
  const written = events(commandId);
  return {
    scope: 'case',
    id,
    commandId,
    afterSeq,
    decision: { events: written },
    row: row(afterSeq + written.length),
    grants: [],
    actor: 'somebody',
    attested: { command: { type: 'resume' } as Command, mac: null },
    ...rest,
  };
}
