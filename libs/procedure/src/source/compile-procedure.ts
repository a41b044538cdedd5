import { createHash } from 'node:crypto';
import type { Cap, CompiledProcedure, DueRule, Outcome, Rung, Span, Step } from '../definition/definition.js';
import type { ProcedureSource, SourceDue, SourceOutcome, SourceStep } from './procedure-schema.js';

/** Ids and rules only: what a case is pinned to, by its hash. `hash` is taken over everything else in it. */
export function compileProcedure(source: ProcedureSource): CompiledProcedure {
  const compiled = {
    id: source.id,
    version: source.version,
    effectiveFrom: source.effectiveFrom,
    supersededBy: source.supersededBy,
    calendar: source.calendar,
    offices: mapped(source.offices, ({ party }) => party),
    contact: mapped(source.parties, ({ contact }) => contact),
    areaOffice: source.areaOffice,
    levels: Object.keys(source.levels),
    caps: mapped(source.caps, cap),
    reminders: mapped(source.reminders, ({ before }, id) => before.map((span) => reminder(id, span))),
    ladders: mapped(source.ladders, ({ rungs }, id) => rungs.map(({ after, to }) => rung(id, after, to))),
    steps: Object.entries(source.steps).map(([id, step]) => compileStep(id, step)),
    paperEntry: source.paperEntry,
    acts: source.acts,
    readers: mapped(source.readers, (readers) => (readers === 'step' ? null : readers)),
    revealedBy: source.revealedBy,
  };
  const plain = JSON.parse(JSON.stringify(compiled)) as Omit<CompiledProcedure, 'hash'>;
  return { ...plain, hash: hashOf(plain) };
}

/** sha256 of the JSON with sorted keys: the same procedure has the same hash whatever wrote it. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

function mapped<T, R>(record: Record<string, T>, map: (value: T, key: string) => R): Record<string, NonNullable<R>> {
  const entries = Object.entries(record).map(([key, value]) => [key, map(value, key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value != null)) as Record<string, NonNullable<R>>;
}

function cap({ rule, authority, extension }: ProcedureSource['caps'][string]): Cap {
  if (rule.kind !== 'count-by-level') throw new Error('CAP_NOT_BY_LEVEL');
  return { spans: rule.spans, anchor: rule.anchor, authority, extension };
}

/** A reminder goes to whoever owes the step: `debtor` stands for the contact of that party. */
const reminder = (id: string, span: Span): Rung => ({
  id: `${id}-${span.n}`,
  offset: { ...span, n: -span.n },
  to: ['debtor'],
});

const rung = (id: string, after: Span, to: string[]): Rung => ({ id: `${id}+${after.n}`, offset: after, to });

function compileStep(id: string, step: SourceStep): Step {
  const { vi: _vi, en: _en, noDue: _noDue, due, outcomes, ...rules } = step;
  return { id, ...rules, due: due.map(dueRule), outcomes: mapped(outcomes, outcome) };
}

function dueRule(due: SourceDue): DueRule {
  if ('rule' in due) return { ...due.rule, authority: due.authority };
  return { kind: 'earliest', of: due.earliest.map(dueRule), authority: due.authority };
}

function outcome({ vi: _vi, en: _en, due, authority, ...rules }: SourceOutcome): Outcome {
  return due === undefined || due === 'unchanged' || !authority ? rules : { ...rules, due: { span: due, authority } };
}
