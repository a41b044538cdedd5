import { registerMistake, UNIT_KINDS, type Mistake, type RegisterCode } from '@giamsat/contracts/http';
import { apply, check, type Fault, type RegisterAct } from '../acts.js';
import { bornOn, nameOn, parentOn, type Register, type UnitEntry } from '../register.js';
import type { PersonRow, Rows, UnitRow } from './rows.js';

export type OnConflict = 'stop' | 'skip' | 'update';

export interface HeldOffice {
  grant: string;
  office: string;
  unit: string | null;
  from: string;
  to: string | null;
  actingFor: string | null;
}
/** Somebody who is in the register, with the offices he holds or held in units. */
export interface KnownPerson {
  id: string;
  name: string;
  email: string | null;
  /** may the importer change the entry */
  kept: boolean;
  offices: HeldOffice[];
}

export interface Surroundings {
  register: Register;
  /** by personnel code, lower case */
  people: ReadonlyMap<string, KnownPerson>;
  offices: readonly string[];
  today: string;
  /** may the importer act on this unit */
  holds(unit: string): boolean;
  /** may he add a unit under nobody */
  isWhole: boolean;
  /** his own id */
  importer: string;
  newId(): string;
}

/** One write, in the order in which they have to be done. */
export type Write =
  | { kind: 'unit'; act: RegisterAct }
  | { kind: 'person'; id: string; isNew: boolean; code: string; name?: string; email?: string }
  | {
      kind: 'office';
      person: string;
      office: string;
      unit: string;
      from: string;
      to: string | null;
      actingFor: string | null;
    }
  | { kind: 'officeEnd'; grant: string; to: string };

export interface Entry {
  /** the cell it begins in */
  at: string;
  kind: 'unit' | 'person' | 'office';
  does: 'add' | 'change' | 'same' | 'skip';
  subject: string;
  fields: string[];
}

export interface ImportPlan {
  entries: Entry[];
  writes: Write[];
  /** in the register already, with other content, and nobody has said what becomes of it */
  conflicts: Mistake[];
  /** what no choice puts right */
  mistakes: Mistake[];
}

/**
 * What a sheet would do to the register. Every row is tried on the register as the rows before it leave it. `choices`: what
 * becomes of single conflicts, by the cell they are named with; `onConflict` is for all others.
 */
export function planImport(
  rows: Rows,
  around: Surroundings,
  onConflict: OnConflict,
  choices: Record<string, OnConflict> = {},
): ImportPlan {
  const plan = new Planner(around, onConflict, new Map(Object.entries(choices)));
  for (const row of inOrder(plan.once(rows.units, ({ symbol }) => symbol))) plan.unit(row);
  for (const row of rows.people) plan.person(row);
  plan.refuseIdleChoices();
  return {
    entries: plan.entries,
    writes: plan.writes,
    conflicts: plan.conflicts,
    mistakes: [...rows.mistakes, ...plan.mistakes],
  };
}

/** Parents before children, whatever their order in the sheet; what hangs in a circle comes last and is refused there. */
function inOrder(rows: UnitRow[]): UnitRow[] {
  const left = new Map(rows.map((row) => [row.symbol, row]));
  const order: UnitRow[] = [];
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [symbol, row] of left)
      if (!left.has(row.parent)) {
        order.push(row);
        left.delete(symbol);
      }
  }
  return [...order, ...left.values()];
}

/** Fields of an act by the column they come from. */
const COLUMN: Record<string, 'symbol' | 'name' | 'parent' | 'from' | 'date'> = {
  symbol: 'symbol',
  name: 'name',
  unit: 'symbol',
  parent: 'parent',
  on: 'from',
  'instrument.date': 'date',
};

class Planner {
  readonly entries: Entry[] = [];
  readonly writes: Write[] = [];
  readonly conflicts: Mistake[] = [];
  readonly mistakes: Mistake[] = [];
  private register: Register;
  private readonly bySymbol: Map<string, UnitEntry>;
  private readonly added = new Set<string>();
  private readonly people = new Map<string, KnownPerson & { first?: PersonRow }>();

  constructor(
    private readonly around: Surroundings,
    private readonly onConflict: OnConflict,
    private readonly choices: Map<string, OnConflict>,
  ) {
    this.register = around.register;
    this.bySymbol = new Map(
      [...around.register.values()].flatMap((unit) => (unit.symbol ? [[unit.symbol, unit]] : [])),
    );
    for (const [code, person] of around.people)
      this.people.set(code, { ...person, offices: person.offices.map((each) => ({ ...each })) });
  }

  /** An entry that stands there twice says the same twice, or is a mistake. */
  once(rows: UnitRow[], key: (row: UnitRow) => string): UnitRow[] {
    const first = new Map<string, UnitRow>();
    const said = ({ at: _, ...row }: UnitRow): string => JSON.stringify(row);
    for (const row of rows) {
      const before = first.get(key(row));
      if (!before) first.set(key(row), row);
      else if (said(before) !== said(row)) this.wrong(row.at('symbol'), 'ROW_TWICE', { first: before.at('symbol') });
    }
    return [...first.values()];
  }

  unit(row: UnitRow): void {
    const parent = row.parent === '' ? null : this.bySymbol.get(row.parent)?.id;
    if (parent === undefined) return this.wrong(row.at('parent'), 'UNIT_UNKNOWN', { unit: row.parent });
    const known = this.bySymbol.get(row.symbol);
    return known ? this.knownUnit(row, known, parent) : this.newUnit(row, parent);
  }

  private newUnit(row: UnitRow, parent: string | null): void {
    const { symbol, name, kind, from: on, instrument } = row;
    const mayAdd = parent === null ? this.around.isWhole : this.keeps(parent);
    if (!mayAdd) return this.wrong(row.at('parent'), 'UNIT_NOT_YOURS');
    if (!(kind in UNIT_KINDS))
      return this.wrong(row.at('kind'), 'KIND_UNKNOWN', { known: Object.keys(UNIT_KINDS).join(', ') });
    const act: RegisterAct = { type: 'addUnit', unit: this.around.newId(), kind, symbol, name, parent, on, instrument };
    if (!this.does(act, row)) return;
    this.added.add(act.unit);
    this.say(row.at('symbol'), 'unit', 'add', symbol);
  }

  private knownUnit(row: UnitRow, { id }: UnitEntry, parent: string | null): void {
    const unit = this.register.get(id)!;
    const day = row.from > bornOn(unit) ? row.from : bornOn(unit);
    const isOther = {
      kind: unit.kind !== row.kind,
      name: nameOn(unit, day) !== row.name,
      parent: parentOn(unit, day) !== parent,
    };
    const fields = Object.entries(isOther).flatMap(([field, other]) => (other ? [field] : []));
    if (fields.length === 0) return this.say(row.at('symbol'), 'unit', 'same', row.symbol);
    if (!this.settled(row.at('symbol'), 'unit', row.symbol, fields)) return;
    if (isOther.kind) return this.wrong(row.at('kind'), 'KIND_FIXED');
    if (!this.keeps(id) || (parent !== null && !this.keeps(parent)))
      return this.wrong(row.at('symbol'), 'UNIT_NOT_YOURS');
    const { name, from: on, instrument } = row;
    if (isOther.name && !this.does({ type: 'renameUnit', unit: id, name, on, instrument }, row)) return;
    if (isOther.parent) {
      if (parent === null) return this.wrong(row.at('parent'), 'CELL_EMPTY');
      if (!this.does({ type: 'moveUnit', unit: id, parent, on, instrument }, row)) return;
    }
    this.say(row.at('symbol'), 'unit', 'change', row.symbol, fields);
  }

  person(row: PersonRow): void {
    const person = this.personOf(row);
    if (person && row.office) this.office(row, person, row.office);
  }

  private personOf(row: PersonRow): KnownPerson | null {
    const key = row.code.toLowerCase();
    const known = this.people.get(key);
    if (!known) {
      const person = {
        id: this.around.newId(),
        name: row.name,
        email: row.email || null,
        kept: true,
        offices: [],
        first: row,
      };
      this.people.set(key, person);
      this.writes.push({
        kind: 'person',
        id: person.id,
        isNew: true,
        code: row.code,
        name: row.name,
        ...(row.email && { email: row.email }),
      });
      this.say(row.at('code'), 'person', 'add', row.code);
      return person;
    }
    const isOther = { name: known.name !== row.name, email: row.email !== '' && row.email !== known.email };
    const fields = Object.entries(isOther).flatMap(([field, other]) => (other ? [field] : []));
    if (known.first) {
      if (fields.length > 0)
        this.wrong(row.at(isOther.name ? 'name' : 'email'), 'ROW_TWICE', { first: known.first.at('code') });
      return known;
    }
    known.first = row;
    if (fields.length === 0) this.say(row.at('code'), 'person', 'same', row.code);
    else if (this.settled(row.at('code'), 'person', row.code, fields)) {
      if (!known.kept) this.wrong(row.at('code'), 'PERSON_NOT_YOURS');
      else {
        const { name, email } = row;
        this.writes.push({
          kind: 'person',
          id: known.id,
          isNew: false,
          code: row.code,
          ...(isOther.name && { name }),
          ...(isOther.email && { email }),
        });
        Object.assign(known, isOther.name ? { name } : {}, isOther.email ? { email } : {});
        this.say(row.at('code'), 'person', 'change', row.code, fields);
      }
    }
    return known;
  }

  private office(row: PersonRow, person: KnownPerson, given: NonNullable<PersonRow['office']>): void {
    const { office, from, to } = given;
    const unit = this.bySymbol.get(given.unit);
    if (!unit) return this.wrong(row.at('unit'), 'UNIT_UNKNOWN', { unit: given.unit });
    if (!this.around.offices.includes(office))
      return this.wrong(row.at('office'), 'OFFICE_UNKNOWN', { known: this.around.offices.join(', ') });
    if (to !== null && to <= from) return this.wrong(row.at('to'), 'OFFICE_ORDER');
    const subject = `${row.code} ${office} ${given.unit}`;
    const before = person.offices.find(
      (each) => each.office === office && each.unit === unit.id && overlap(each, given),
    );
    if (before) return this.knownOffice(row, before, given, subject);
    if (!this.keeps(unit.id)) return this.wrong(row.at('unit'), 'UNIT_NOT_YOURS');
    if (person.id === this.around.importer) return this.wrong(row.at('code'), 'NOT_TO_ONESELF');
    const actingFor = given.actingFor === null ? null : this.holder(row, person, given, unit.id);
    if (actingFor === undefined) return;
    const held = { grant: '', office, unit: unit.id, from, to, actingFor };
    person.offices.push(held);
    this.writes.push({ kind: 'office', person: person.id, office, unit: unit.id, from, to, actingFor });
    this.say(row.at('office'), 'office', 'add', subject);
  }

  /** The same office again: it may be given an end, nothing else about it changes after the fact. */
  private knownOffice(
    row: PersonRow,
    before: HeldOffice,
    { from, to }: NonNullable<PersonRow['office']>,
    subject: string,
  ): void {
    if (before.from === from && before.to === to) return this.say(row.at('office'), 'office', 'same', subject);
    const fields = [...(before.from === from ? [] : ['from']), ...(before.to === to ? [] : ['to'])];
    if (!this.settled(row.at('office'), 'office', subject, fields)) return;
    const mayEnd = before.from === from && to !== null && before.grant !== '' && (before.to === null || before.to > to);
    if (!mayEnd) return this.wrong(row.at('from'), 'OFFICE_TWICE', { from: before.from });
    if (!this.keeps(before.unit!)) return this.wrong(row.at('unit'), 'UNIT_NOT_YOURS');
    this.writes.push({ kind: 'officeEnd', grant: before.grant, to });
    before.to = to;
    this.say(row.at('office'), 'office', 'change', subject, fields);
  }

  private holder(
    row: PersonRow,
    person: KnownPerson,
    given: NonNullable<PersonRow['office']>,
    unit: string,
  ): string | undefined {
    const { office, from, to } = given;
    const holder = this.people.get(given.actingFor!.toLowerCase());
    const no = (column: 'actingFor' | 'to', code: RegisterCode, params?: Mistake['params']): undefined =>
      void this.wrong(row.at(column), code, params);
    if (!holder) return no('actingFor', 'PERSON_UNKNOWN', { person: given.actingFor });
    if (to === null) return no('to', 'ACTING_NEEDS_END');
    if (holder.id === person.id) return no('actingFor', 'ACTING_FOR_ONESELF');
    const covers = holder.offices.some(
      (each) =>
        each.office === office &&
        each.unit === unit &&
        each.from <= from &&
        (each.to === null || each.to >= to) &&
        !each.actingFor,
    );
    return covers ? holder.id : no('actingFor', 'ACTING_FOR_NOBODY');
  }

  private keeps = (unit: string): boolean => this.added.has(unit) || this.around.holds(unit);

  private does(act: RegisterAct, row: UnitRow): boolean {
    const faults = check(this.register, act, this.around.today);
    for (const each of faults) this.mistakes.push(mistakeAt(each, row));
    if (faults.length > 0) return false;
    this.register = apply(this.register, act);
    if (act.type === 'addUnit') this.bySymbol.set(act.symbol, this.register.get(act.unit)!);
    this.writes.push({ kind: 'unit', act });
    return true;
  }

  /** True when the importer wants what is there to be changed. */
  private settled(at: string, kind: Entry['kind'], subject: string, fields: string[]): boolean {
    const choice = this.choices.get(at) ?? this.onConflict;
    this.choices.delete(at);
    if (choice === 'update') return true;
    if (choice === 'skip') this.say(at, kind, 'skip', subject, fields);
    else this.conflicts.push(registerMistake(at, 'CONFLICT', { fields: fields.join(', ') }));
    return false;
  }

  /** A choice for a cell that is in no conflict was meant for another one. */
  refuseIdleChoices(): void {
    for (const at of this.choices.keys()) this.wrong(at, 'NO_CONFLICT');
  }

  private say(at: string, kind: Entry['kind'], does: Entry['does'], subject: string, fields: string[] = []): void {
    this.entries.push({ at, kind, does, subject, fields });
  }

  private wrong(at: string, code: RegisterCode, params: Mistake['params'] = {}): void {
    this.mistakes.push(registerMistake(at, code, params));
  }
}

const mistakeAt = ({ field, code, params }: Fault, row: UnitRow): Mistake =>
  registerMistake(row.at(COLUMN[field] ?? 'symbol'), code, params);

const overlap = (a: { from: string; to: string | null }, b: { from: string; to: string | null }): boolean =>
  (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
