import { allowed, type CaseEvent, type CaseState, explain, Numbering, redact } from '@giamsat/procedure';
import type { Actor, CaseView } from '@giamsat/procedure';
import type { Standing } from '../http/call.js';
import type { Stream } from './streams.js';

/** Bound to the units he speaks for, if to any. */
export function actorOf(person: string, standing: Standing[]): Actor {
  const units = standing.flatMap(({ forUnit }) => forUnit ?? []);
  return { person, offices: [...new Set(standing.map(({ office }) => office))], ...(units.length > 0 && { units }) };
}

/** Entries of a case as this person counts them. */
export const numberingOf = ({ state, events }: Pick<Stream, 'state' | 'events'>, actor: Actor): Numbering =>
  Numbering.of(state, events, actor);

/** What leaves for a person, always: the view as far as its reader may see it, and what he may do. */
export function present(state: CaseState, events: CaseEvent[], actor: Actor, now: string) {
  const view = redact(state, events, actor, now);
  const explanations = view.steps.flatMap(({ key, deadline }) => (deadline ? [[key, explain(deadline)] as const] : []));
  return { view, allowed: allowed(view, actor), explanations: Object.fromEntries(explanations) };
}

/** Of those who stand for the unit of a case by now, a unit is told of itself. */
export function unitAsSeen<T extends { takenOverBy: { id: string }[] | null }>(unit: T, standing: Standing[]): T {
  const isInside = standing.some(({ forUnit }) => !forUnit);
  if (isInside || unit.takenOverBy === null) return unit;
  const own = unit.takenOverBy.filter(({ id }) => standing.some(({ forUnit }) => forUnit === id));
  return { ...unit, takenOverBy: own.length > 0 ? own : null };
}

/** Hashes of sentences that these events refer to. */
export function textsIn(view: CaseView): string[] {
  const hashes = view.events.flatMap(({ data }) =>
    ['reason' in data ? data.reason : undefined, 'text' in data ? data.text : undefined].filter(isHash),
  );
  return [...new Set(hashes)];
}

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** People who acted, for their names beside their acts. */
export const peopleIn = (view: CaseView): string[] => [
  ...new Set(
    view.events.flatMap(({ by }) =>
      by === 'engine' ? [] : [by.actor, by.actingFor, by.second].flatMap((person) => person || []),
    ),
  ),
];

/** Units that a case was handed on to, for their names beside those acts. */
export const unitsIn = (view: CaseView): string[] => [
  ...new Set(
    view.events.flatMap((event) =>
      event.type === 'unitTransferred' ? event.data.to : event.type === 'transferAccepted' ? [event.data.unit] : [],
    ),
  ),
];
