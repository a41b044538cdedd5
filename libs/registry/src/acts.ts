import type { RegisterCode } from '@giamsat/contracts/http';
import {
  bornOn,
  endsOn,
  lineOn,
  nameOn,
  parentOn,
  type Instrument,
  type Period,
  type Register,
  type UnitEntry,
} from './register.js';

/** Units by id. `on` is the first day it holds. */
export type RegisterAct = { on: string; instrument: Instrument | null } & (
  | { type: 'addUnit'; unit: string; kind: string; symbol: string; name: string; parent: string | null }
  | { type: 'renameUnit'; unit: string; name: string }
  | { type: 'moveUnit'; unit: string; parent: string }
  | { type: 'mergeUnits'; units: string[]; into: string }
  | { type: 'splitUnit'; unit: string; into: string[] }
  | { type: 'dissolveUnit'; unit: string }
);

/** One reason for a no, at the field of the act it concerns. */
export interface Fault {
  field: string;
  code: RegisterCode;
  params: Record<string, string | number>;
}

const fault = (field: string, code: RegisterCode, params: Fault['params'] = {}): Fault => ({ field, code, params });

/** Everything that stands against an act; empty when it may be written. `today` is for papers dated ahead. */
export function check(register: Register, act: RegisterAct, today: string): Fault[] {
  const paper = act.instrument && act.instrument.date > today ? [fault('instrument.date', 'INSTRUMENT_IN_FUTURE')] : [];
  return [...paper, ...checkAct(register, act)];
}

function checkAct(register: Register, act: RegisterAct): Fault[] {
  switch (act.type) {
    case 'addUnit':
      return [
        ...symbol(register, act.symbol),
        ...(act.parent === null ? [] : standing(register, act.parent, act.on, 'parent')),
      ];
    case 'renameUnit': {
      const unit = register.get(act.unit);
      const same = unit && nameOn(unit, act.on) === act.name ? [fault('name', 'SAME_NAME')] : [];
      return [...changeable(register, act.unit, act.on, 'unit', 'names'), ...same];
    }
    case 'moveUnit':
      return [
        ...changeable(register, act.unit, act.on, 'unit', 'parents'),
        ...standing(register, act.parent, act.on, 'parent'),
        ...moving(register, act.unit, act.parent, act.on),
      ];
    case 'mergeUnits':
      return [
        ...twice(act.units, 'units'),
        ...act.units.flatMap((unit, i) => ending(register, unit, act.on, `units.${i}`, act.units)),
        ...standing(register, act.into, act.on, 'into'),
        ...(act.units.includes(act.into) ? [fault('into', 'INTO_ITSELF')] : []),
      ];
    case 'splitUnit':
      return [
        ...ending(register, act.unit, act.on, 'unit', [act.unit]),
        ...twice(act.into, 'into'),
        ...act.into.flatMap((unit, i) => standing(register, unit, act.on, `into.${i}`)),
        ...act.into.flatMap((unit, i) => (unit === act.unit ? [fault(`into.${i}`, 'INTO_ITSELF')] : [])),
      ];
    case 'dissolveUnit':
      return ending(register, act.unit, act.on, 'unit', [act.unit]);
  }
}

const symbol = (register: Register, wanted: string): Fault[] =>
  [...register.values()].some((unit) => unit.symbol === wanted)
    ? [fault('symbol', 'SYMBOL_TAKEN', { symbol: wanted })]
    : [];

const twice = (units: string[], field: string): Fault[] =>
  units.flatMap((unit, i) => (units.indexOf(unit) < i ? [fault(`${field}.${i}`, 'UNIT_TWICE')] : []));

/** It is there on that day, and no end of it is known. */
function standing(register: Register, id: string, on: string, field: string): Fault[] {
  const unit = register.get(id);
  if (!unit) return [fault(field, 'UNIT_UNKNOWN', { unit: id })];
  const end = endsOn(unit);
  if (end !== null) return [fault(field, 'UNIT_ENDED', { on: end })];
  return bornOn(unit) > on ? [fault(field, 'UNIT_NOT_YET', { from: bornOn(unit) })] : [];
}

/** An act takes effect after the last one of its kind: periods never overlap, nothing is written under what is written. */
function changeable(register: Register, id: string, on: string, field: string, of: 'names' | 'parents'): Fault[] {
  const faults = standing(register, id, on, field);
  const last = register.get(id)?.[of].at(-1)?.from;
  return faults.length > 0 || last === undefined || last < on ? faults : [fault('on', 'BEFORE_LAST_ACT', { last })];
}

function ending(register: Register, id: string, on: string, field: string, together: string[]): Fault[] {
  const faults = standing(register, id, on, field);
  const unit = register.get(id);
  if (faults.length > 0 || !unit) return faults;
  const last = lastChange(register, unit);
  if (last >= on) return [fault('on', 'BEFORE_LAST_ACT', { last })];
  const children = [...register.values()].filter(
    (child) => !together.includes(child.id) && hangsUnder(child, id, on) && existsAfter(child, on),
  );
  return children.length > 0 ? [fault(field, 'HAS_CHILDREN', { count: children.length })] : [];
}

/** The last day on which anything of it began, an inheritance included: nothing is inherited from the future. */
function lastChange(register: Register, unit: UnitEntry): string {
  const began = [...unit.names, ...unit.parents].map(({ from }) => from);
  const inherited = [...register.values()].flatMap(({ successions }) =>
    successions.flatMap(({ successor, on }) => (successor === unit.id ? [on] : [])),
  );
  // What is inherited on the very day it ends would be inherited by nobody.
  return [...began, ...inherited].sort().at(-1)!;
}

const hangsUnder = (child: UnitEntry, parent: string, on: string): boolean =>
  child.parents.some((each) => each.parent === parent && (each.to === null || each.to > on));
const existsAfter = (unit: UnitEntry, on: string): boolean => {
  const end = endsOn(unit);
  return end === null || end > on;
};

function moving(register: Register, id: string, parent: string, on: string): Fault[] {
  const unit = register.get(id);
  if (!unit || !register.has(parent)) return [];
  if (parentOn(unit, on) === parent) return [fault('parent', 'SAME_PARENT')];
  // A move already recorded for a later day could close the circle then.
  const later = [...register.values()].flatMap(({ parents }) =>
    parents.flatMap(({ from }) => (from > on ? [from] : [])),
  );
  const from = [on, ...later.sort()].find((day) => lineOn(register, parent, day).includes(id));
  return from === undefined ? [] : [fault('parent', 'CYCLE', { from })];
}

/** The register after an act that `check` let through. */
export function apply(register: Register, act: RegisterAct): Register {
  const next = new Map(register);
  const { on, instrument } = act;
  const change = (id: string, to: Partial<UnitEntry>): void => void next.set(id, { ...next.get(id)!, ...to });
  const end = (id: string, kind: 'merge' | 'split' | 'dissolve', successors: (string | null)[]): void => {
    const unit = next.get(id)!;
    change(id, {
      names: closed(unit.names, on),
      parents: closed(unit.parents, on),
      successions: successors.map((successor) => ({ successor, kind, on, instrument })),
    });
  };
  switch (act.type) {
    case 'addUnit': {
      const { unit: id, kind, symbol: code, name, parent } = act;
      const parents = parent === null ? [] : [{ parent, from: on, to: null, instrument }];
      next.set(id, {
        id,
        kind,
        symbol: code,
        names: [{ name, from: on, to: null, instrument }],
        parents,
        successions: [],
      });
      break;
    }
    case 'renameUnit': {
      const { names } = next.get(act.unit)!;
      change(act.unit, { names: [...closed(names, on), { name: act.name, from: on, to: null, instrument }] });
      break;
    }
    case 'moveUnit': {
      const { parents } = next.get(act.unit)!;
      change(act.unit, { parents: [...closed(parents, on), { parent: act.parent, from: on, to: null, instrument }] });
      break;
    }
    case 'mergeUnits':
      for (const id of act.units) end(id, 'merge', [act.into]);
      break;
    case 'splitUnit':
      end(act.unit, 'split', act.into);
      break;
    case 'dissolveUnit':
      end(act.unit, 'dissolve', [null]);
  }
  return next;
}

const closed = <T extends Period>(periods: T[], on: string): T[] =>
  periods.map((period) => (period.to === null ? { ...period, to: on } : period));

/** Units an act concerns, by the field that names them; for rights. A unit that is being added is not among them. */
export function unitsOf(act: RegisterAct): { field: string; unit: string }[] {
  switch (act.type) {
    case 'addUnit':
      return act.parent === null ? [] : [{ field: 'parent', unit: act.parent }];
    case 'moveUnit':
      return [
        { field: 'unit', unit: act.unit },
        { field: 'parent', unit: act.parent },
      ];
    case 'mergeUnits':
      return [...act.units.map((unit, i) => ({ field: `units.${i}`, unit })), { field: 'into', unit: act.into }];
    case 'splitUnit':
      return [{ field: 'unit', unit: act.unit }, ...act.into.map((unit, i) => ({ field: `into.${i}`, unit }))];
    default:
      return [{ field: 'unit', unit: act.unit }];
  }
}
