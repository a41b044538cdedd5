import { type Db, offices, people, register as registers, registers as held, ScopedDatabase } from '@giamsat/database';
import { officesIn } from '@giamsat/procedure/source';
import { existsOn, nameOn, parentOn, type Register } from '@giamsat/registry';
import {
  headingsOf,
  type ImportPlan,
  type KnownPerson,
  PERSON_COLUMNS,
  planImport,
  readSheets,
  rowsOf,
  type Sheet,
  UNIT_COLUMNS,
  type Write,
  writeCsv,
  writeXlsx,
} from '@giamsat/registry/sheets';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { AnswerOf, Call } from '../http/call.js';
import { isKeptBy } from './persons.js';
import { type Entry, refused, RegisterDoor } from './register-door.js';

const TYPES = { xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', csv: 'text/csv' };
type Rows = ReturnType<typeof rowsOf>;

/** Units, people and offices from a sheet and into one. What is imported is imported whole, in one transaction. */
@Injectable()
export class Sheets {
  private readonly offices = officesIn(({ offices: all }) => Object.keys(all));

  constructor(
    private readonly database: ScopedDatabase,
    private readonly door: RegisterDoor,
  ) {}

  async import(call: Call<'importRegister'>): Promise<AnswerOf<'importRegister'>> {
    const { body, who, at } = call;
    const sheets = await readSheets(body.name, Buffer.from(body.data, 'base64'));
    if (!Array.isArray(sheets)) throw refused([sheets]);
    const rows = rowsOf(sheets);
    if (body.preview) {
      const plan = await this.planned(await this.door.entry(this.database, who, at, ''), rows, call);
      return answerOf(plan, rows, null, false);
    }
    let plan: ImportPlan | undefined;
    const { commandId } = await this.door.enter('importRegister', call, async (entry) => {
      plan = await this.planned(entry, rows, call);
      const stops = [...plan.mistakes, ...plan.conflicts];
      if (stops.length > 0) throw refused(stops);
      for (const write of plan.writes) await done(entry, write, who.person);
    });
    // Sent again with the same key: what it did then is what stands, and there is nothing left to do.
    plan ??= await this.planned(await this.door.entry(this.database, who, at, ''), rows, call);
    return answerOf(plan, rows, commandId, true);
  }

  async export({ query, who, at }: Call<'exportRegister'>): Promise<AnswerOf<'exportRegister'>> {
    const { register, realm, today } = await this.door.entry(this.database, who, at, '');
    const day = query.at ?? today;
    const sheets = {
      units: unitSheet(register, day),
      people: await peopleSheet(this.database, register, realm.units, new Set(this.offices)),
    };
    const bytes =
      query.format === 'csv' ? writeCsv(sheets[query.sheet]) : await writeXlsx([sheets.units, sheets.people]);
    const name = query.format === 'csv' ? `${query.sheet}-${day}.csv` : `organisation-${day}.xlsx`;
    return { name, type: TYPES[query.format], data: bytes.toString('base64') };
  }

  private async planned(entry: Entry, rows: Rows, { body, who }: Call<'importRegister'>): Promise<ImportPlan> {
    const { register, realm, today } = entry;
    const around = {
      register,
      people: await knownPeople(entry, rows),
      offices: this.offices,
      today,
      holds: (unit: string) => realm.holds(unit),
      isWhole: realm.isWhole,
      importer: who.person,
      newId: () => v7(),
    };
    return planImport(rows, around, body.onConflict, body.choices);
  }
}

/** Whoever has no personnel code yet is named by his id, in sheets that come from here. */
async function knownPeople({ db, realm }: Entry, rows: Rows): Promise<Map<string, KnownPerson>> {
  const codes = rows.people.flatMap(({ code, office }) => (office?.actingFor ? [code, office.actingFor] : [code]));
  const found = new Map<string, KnownPerson>();
  for (const { id, called, name, email } of await people.byCodes(db, codes)) {
    const kept = await isKeptBy(db, realm, id);
    found.set(called, { id, name, email, kept, offices: await held.everOf(db, id) });
  }
  return found;
}

async function done({ db, act }: Entry, write: Write, by: string): Promise<void> {
  switch (write.kind) {
    case 'unit':
      return registers.write(db, write.act, act);
    case 'person': {
      const { isNew, id, name, email, code } = write;
      if (isNew) await people.add(db, { id, name: name ?? '', email, code }, act);
      else await people.edit(db, { id, name, email }, act);
      return;
    }
    case 'office': {
      const { person, office, unit, from, to, actingFor } = write;
      const more = { ...(to && { to }), ...(actingFor && { actingFor }) };
      await offices.grant(db, { person, office, scope: { unit }, from, by, ...more }, act);
      return;
    }
    case 'officeEnd':
      return offices.endOn(db, { grant: write.grant, to: write.to }, act);
  }
}

function answerOf(plan: ImportPlan, rows: Rows, commandId: string | null, written: boolean) {
  const { entries: acts, conflicts, mistakes } = plan;
  return { commandId, written, rows: rows.units.length + rows.people.length, acts, conflicts, mistakes };
}

function unitSheet(register: Register, day: string): Sheet {
  const rows = [...register.values()]
    .filter((unit) => existsOn(unit, day))
    .map((unit) => {
      const parent = parentOn(unit, day);
      // The act by which it is as it is: the later of its last name and its last parent.
      const last = [...unit.names, ...unit.parents]
        .filter(({ from }) => from <= day)
        .toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]!;
      const { kind = '', number = '', date = '' } = last.instrument ?? {};
      const above = parent === null ? '' : (register.get(parent)?.symbol ?? '');
      return [unit.symbol ?? '', nameOn(unit, day), unit.kind, above, last.from, kind, number, date];
    });
  return { name: 'Đơn vị', rows: [headingsOf(UNIT_COLUMNS), ...rows] };
}

/**
 * People who hold or held an office in these units, one row for each office that a sheet can give: who keeps the accounts is
 * said where accounts are made.
 */
async function peopleSheet(db: Db, register: Register, units: string[], given: Set<string>): Promise<Sheet> {
  const grants = (await held.everIn(db, units)).filter(({ office }) => given.has(office));
  const found = await people.findMany(db, [
    ...new Set(grants.flatMap(({ person, actingFor }) => (actingFor ? [person, actingFor] : [person]))),
  ]);
  const rows = grants.map(({ person, office, unit, from, to, actingFor }) => {
    const { code, name, email } = found[person]!;
    const acting = actingFor === null ? '' : (found[actingFor]?.code ?? actingFor);
    return [code ?? person, name, email ?? '', office, register.get(unit ?? '')?.symbol ?? '', from, to ?? '', acting];
  });
  return { name: 'Người', rows: [headingsOf(PERSON_COLUMNS), ...rows] };
}
