import type { StepKey, UnitId } from './commands.js';
import type { EventOf } from './events.js';

/** All that is not named by itself: what was done before, and what opens later. */
export const REST: StepKey = '*';

/** What a unit that passes its duties on has asked of whom. */
export interface Offer {
  from: UnitId;
  shares: Map<StepKey, UnitId[]>;
  accepted: Set<UnitId>;
}

/** Which supervised unit owes what, by step; `*` for every step that is not there. */
export interface Owing {
  owes: Map<StepKey, UnitId[]>;
  /** the last of each unit */
  offers: Offer[];
  passages: Passage[];
}

/** A decision that duties pass on, and which of them it ended. */
export interface Passage {
  seq: number;
  from: UnitId;
  to: UnitId[];
  ended: StepKey[];
}

/** Until anything passes everything is owed by the subject of the case. */
export const owedBySubject = (unit: UnitId | undefined): Owing => ({
  owes: new Map([[REST, unit === undefined ? [] : [unit]]]),
  offers: [],
  passages: [],
});

/** Each once, in the order they came. */
export const once = <T>(list: Iterable<T>): T[] => [...new Set(list)];

/** Everybody who stands for the subject; first those who owe what is not named. */
export const standingIn = ({ owes }: Owing): UnitId[] => once([...owes.values()].flat());

export const owedBy = ({ owes }: Owing, key: StepKey): UnitId[] => owes.get(key) ?? owes.get(REST) ?? [];

/**
 * A duty that is offered stays where it is until it is accepted, whatever becomes of the others. Returns the duties that end:
 * closed, and owed by nobody else.
 */
export function offerShares(owing: Owing, { seq, data }: EventOf<'unitTransferred'>): StepKey[] {
  const from = data.from ?? standingIn(owing)[0] ?? '';
  const shares = sharesOf(data);
  for (const key of shares.keys()) if (key !== REST) owing.owes.set(key, owedBy(owing, key));
  const ended = (data.closes ?? []).filter((key) => !leave(owing, key, from));
  owing.offers = [...owing.offers.filter((other) => other.from !== from), { from, shares, accepted: new Set() }];
  owing.passages.push({ seq, from, to: data.to, ended });
  return ended;
}

/** What is not named is the first receiver's. */
export function sharesOf({ to, duties = [] }: EventOf<'unitTransferred'>['data']): Map<StepKey, UnitId[]> {
  const shares = new Map(duties.map(({ duty, units }) => [duty, once(units)]));
  return shares.has(REST) ? shares : shares.set(REST, to.slice(0, 1));
}

/** These units and those whose duties have come to them, or may, from the last to the first of the case. */
export const lineOf = ({ passages }: Owing, units: UnitId[]): Set<UnitId> =>
  passages.reduceRight(
    (line, { from, to }) => (to.some((unit) => line.has(unit)) ? line.add(from) : line),
    new Set(units),
  );

/** False when nobody else owes it. */
function leave(owing: Owing, key: StepKey, from: UnitId): boolean {
  const others = owedBy(owing, key).filter((unit) => unit !== from);
  if (others.length > 0) owing.owes.set(key, others);
  else owing.owes.delete(key);
  return others.length > 0;
}

/** Its own share passes to the unit. What is shared stays with the former unit, too, until all have accepted. */
export function acceptShare(owing: Owing, unit: UnitId): void {
  for (const { from, shares, accepted } of owing.offers) {
    accepted.add(unit);
    for (const [key, units] of shares) {
      if (!units.includes(unit)) continue;
      const unnamed = [...owing.owes.keys()].filter((other) => !shares.has(other));
      for (const passed of key === REST ? [REST, ...unnamed] : [key]) pass(owing, passed, from, units, accepted);
    }
  }
}

function pass({ owes }: Owing, key: StepKey, from: UnitId, units: UnitId[], accepted: Set<UnitId>): void {
  const now = owes.get(key);
  if (!now?.includes(from)) return;
  const taken = units.filter((unit) => accepted.has(unit));
  const left = taken.length < units.length ? [from] : [];
  owes.set(key, once([...taken, ...now.filter((unit) => unit !== from), ...left]));
}

/** Units that have been asked to take something over and have not accepted yet. */
export const offeredTo = ({ offers }: Owing): UnitId[] =>
  once(offers.flatMap(({ shares, accepted }) => [...shares.values()].flat().filter((unit) => !accepted.has(unit))));
