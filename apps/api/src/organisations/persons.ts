import { registerMistake } from '@giamsat/contracts/http';
import { type Db, people } from '@giamsat/database';
import { Injectable } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import type { Realm } from './bounds.js';
import { refused, RegisterDoor } from './register-door.js';

/** People as the register knows them; how they sign in is another matter. */
@Injectable()
export class Persons {
  constructor(private readonly door: RegisterDoor) {}

  async add(call: Call<'addPerson'>): Promise<AnswerOf<'addPerson'>> {
    const { commandId } = await this.door.enter('addPerson', call, async ({ db, commandId: id, act }) => {
      const { code } = call.body;
      if (code !== undefined && (await people.resolve(db, code)))
        throw refused([registerMistake('body.code', 'CODE_TAKEN', { code })]);
      await people.add(db, { id, ...call.body }, act);
    });
    return { commandId, id: commandId };
  }

  async change(call: Call<'changePerson'>): Promise<AnswerOf<'changePerson'>> {
    const { commandId } = await this.door.enter('changePerson', call, async ({ db, realm, act }) => {
      const id = await personOf(db, call.params.id, 'params.id');
      if (!(await isKeptBy(db, realm, id))) throw refused([registerMistake('params.id', 'PERSON_NOT_YOURS')]);
      await people.edit(db, { id, ...call.body }, act);
    });
    return { commandId, id: null };
  }
}

/** @throws REGISTER_REFUSED when nobody is called so */
export async function personOf(db: Db, reference: string, path: string): Promise<string> {
  const found = await people.resolve(db, reference);
  if (!found) throw refused([registerMistake(path, 'PERSON_UNKNOWN', { person: reference })]);
  return found.id;
}

/** Somebody is kept by whoever keeps every body in which he ever held an office. */
export async function isKeptBy(db: Db, realm: Realm, person: string): Promise<boolean> {
  const units = await people.unitsOf(db, person);
  return realm.isWhole || (units.length > 0 && units.every((unit) => realm.holds(unit)));
}
