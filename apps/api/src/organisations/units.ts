import { register as registers, registers as held, ScopedDatabase } from '@giamsat/database';
import {
  bornOn,
  check,
  endsOn,
  existsOn,
  type Fault,
  findUnit,
  nameOn,
  parentOn,
  type Register,
  type RegisterAct,
  unitsOf,
} from '@giamsat/registry';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound } from '../http/problem-exception.js';
import { Naming } from './naming.js';
import { type Entry, mistakesOf, refused, RegisterDoor } from './register-door.js';

type Body = Call<'changeOrganisation'>['body'];

/** The tree of units: as of any day, one unit through time, and the acts that change it. */
@Injectable()
export class Units {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly door: RegisterDoor,
    private readonly naming: Naming,
    private readonly clock: Clock,
  ) {}

  async tree({ query, who, at }: Call<'getTree'>): Promise<AnswerOf<'getTree'>> {
    const { register, realm, today } = await this.door.entry(this.database, who, at, '');
    const day = query.at ?? today;
    const units = [...register.values()]
      .filter((unit) => existsOn(unit, day))
      .map((unit) => ({
        ...unitOf(register, unit.id, day),
        kind: unit.kind,
        parent: parentOn(unit, day),
        ends: endsOn(unit),
        mine: realm.holds(unit.id),
      }));
    return { at: day, units };
  }

  async show({ params, who, at }: Call<'getUnit'>): Promise<AnswerOf<'getUnit'>> {
    const { register, realm, today } = await this.door.entry(this.database, who, at, '');
    const unit = findUnit(register, params.id);
    if (!unit) throw notFound();
    const { id, kind, names, parents, successions } = unit;
    const mine = realm.holds(id);
    const named = (of: string, day: string) => unitOf(register, of, day);
    const came = [...register.values()].flatMap((from) =>
      from.successions.flatMap((each) => (each.successor === id ? [{ ...each, unit: named(from.id, each.on) }] : [])),
    );
    const page = mine ? await held.list(this.database, { on: today, units: [id], limit: 200 }) : { items: [] };
    return {
      unit: named(id, today),
      kind,
      from: bornOn(unit),
      to: endsOn(unit),
      mine,
      names,
      parents: parents.map(({ parent, ...period }) => ({ unit: named(parent, period.from), ...period })),
      successors: successions.flatMap(({ successor, ...how }) =>
        successor === null ? [] : [{ unit: named(successor, how.on), ...how }],
      ),
      predecessors: came,
      offices: await this.naming.grants(page.items, today),
    };
  }

  async change(call: Call<'changeOrganisation'>): Promise<AnswerOf<'changeOrganisation'>> {
    const { commandId } = await this.door.enter('changeOrganisation', call, async (entry) => {
      const act = actOf(entry, call.body);
      const faults = [...outside(entry, act), ...check(entry.register, act, this.clock.today(call.at))];
      if (faults.length > 0) throw refused(mistakesOf(faults));
      await registers.write(entry.db, act, entry.act);
    });
    return { commandId, id: call.body.type === 'addUnit' ? commandId : null };
  }
}

export const unitOf = (register: Register, id: string, day: string) => {
  const unit = register.get(id);
  return { id, symbol: unit?.symbol ?? null, name: unit ? nameOn(unit, day) : '' };
};

/** References become ids; every one that is nobody's is named at once. */
function actOf({ register, commandId }: Entry, body: Body): RegisterAct {
  const unknown: Fault[] = [];
  const id = (reference: string, field: string): string => {
    const found = findUnit(register, reference);
    if (!found) unknown.push({ field, code: 'UNIT_UNKNOWN', params: { unit: reference } });
    return found?.id ?? '';
  };
  const ids = (references: string[], field: string): string[] => references.map((each, i) => id(each, `${field}.${i}`));
  const act = ((): RegisterAct => {
    switch (body.type) {
      case 'addUnit': {
        const parent = body.parent === undefined ? null : id(body.parent, 'parent');
        return { ...body, unit: commandId, parent };
      }
      case 'moveUnit':
        return { ...body, unit: id(body.unit, 'unit'), parent: id(body.parent, 'parent') };
      case 'mergeUnits':
        return { ...body, units: ids(body.units, 'units'), into: id(body.into, 'into') };
      case 'splitUnit':
        return { ...body, unit: id(body.unit, 'unit'), into: ids(body.into, 'into') };
      default:
        return { ...body, unit: id(body.unit, 'unit') };
    }
  })();
  if (unknown.length > 0) throw refused(mistakesOf(unknown));
  return act;
}

/** A unit under nobody is for whoever keeps a whole tree. */
export function outside({ realm }: Entry, act: RegisterAct): Fault[] {
  const concerned = unitsOf(act);
  if (concerned.length === 0) return realm.isWhole ? [] : [{ field: 'parent', code: 'UNIT_NOT_YOURS', params: {} }];
  return concerned
    .filter(({ unit }) => !realm.holds(unit))
    .map(({ field }) => ({ field, code: 'UNIT_NOT_YOURS', params: {} }));
}
