/** Half open: `to` is the first day it no longer holds; null = open. */
export interface Period {
  from: string;
  to: string | null;
}

/** The paper an act rests on. */
export interface Instrument {
  kind: string;
  number: string;
  date: string;
}

export interface Succession {
  /** null = dissolved */
  successor: string | null;
  kind: 'merge' | 'split' | 'dissolve' | 'rename';
  on: string;
  instrument: Instrument | null;
}

/** A unit through time, each list in order of time. */
export interface UnitEntry {
  id: string;
  kind: string;
  symbol: string | null;
  names: (Period & { name: string; instrument: Instrument | null })[];
  parents: (Period & { parent: string; instrument: Instrument | null })[];
  successions: Succession[];
}

/** All units there ever were, by id. */
export type Register = ReadonlyMap<string, UnitEntry>;

export const holdsOn = ({ from, to }: Period, day: string): boolean => from <= day && (to === null || to > day);

export const bornOn = ({ names }: UnitEntry): string => names[0]!.from;
/** The day the unit ends, as far as anybody has recorded one. */
export const endsOn = ({ names }: UnitEntry): string | null => names.at(-1)!.to;
export const existsOn = (unit: UnitEntry, day: string): boolean => unit.names.some((name) => holdsOn(name, day));

export const parentOn = (unit: UnitEntry, day: string): string | null =>
  unit.parents.find((each) => holdsOn(each, day))?.parent ?? null;

/** As it was called that day; its last name after its end, its first before its beginning. */
export function nameOn({ names }: UnitEntry, day: string): string {
  return (names.findLast(({ from }) => from <= day) ?? names[0]!).name;
}

/** The unit and everything above it that day, the nearest first. A circle, which `check` never lets in, ends the walk. */
export function lineOn(register: Register, id: string, day: string): string[] {
  const line: string[] = [];
  for (let at: string | null = id; at !== null && !line.includes(at);) {
    const unit = register.get(at);
    line.push(at);
    at = unit ? parentOn(unit, day) : null;
  }
  return line;
}

/** Who stands in its place in the end: successors of successors, as long as these have ended too by that day. */
export function successorsOn(register: Register, id: string, day: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const unit = register.get(at);
    const next = unit?.successions.filter(({ on }) => on <= day) ?? [];
    for (const { successor } of next) if (successor) walk(successor);
    if (next.length === 0 && at !== id) found.add(at);
  };
  walk(id);
  return [...found];
}

/** By id, or by a code that only one has. */
export function findUnit(register: Register, reference: string): UnitEntry | undefined {
  const byId = register.get(reference);
  if (byId) return byId;
  const named = [...register.values()].filter(({ symbol }) => symbol === reference);
  return named.length === 1 ? named[0] : undefined;
}
