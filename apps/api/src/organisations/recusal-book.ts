import { registerMistake, type RecusalReason, type Warning, warningOf } from '@giamsat/contracts/http';
import { recusals, ScopedDatabase } from '@giamsat/database';
import { findUnit } from '@giamsat/registry';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { AnswerOf, Call } from '../http/call.js';
import { teamOffices } from '../rights/parties.js';
import { Naming } from './naming.js';
import { isKeptBy, personOf } from './persons.js';
import { refused, RegisterDoor } from './register-door.js';

/** Who may not sit in a team that supervises a unit, and why: a code, never a sentence about a person. */
@Injectable()
export class RecusalBook {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly door: RegisterDoor,
    private readonly naming: Naming,
    private readonly clock: Clock,
  ) {}

  async list({ query, who, at }: Call<'listRecusals'>): Promise<AnswerOf<'listRecusals'>> {
    const { realm, today } = await this.door.entry(this.database, who, at, '');
    const on = query.at ?? today;
    const people = query.person === undefined ? null : [await personOf(this.database, query.person, 'query.person')];
    const items = await recusals.list(this.database, { on, units: realm.isWhole ? null : realm.units, people });
    const [person, unit] = await Promise.all([
      this.naming.people(items.map((each) => each.person)),
      this.naming.units(
        items.map((each) => each.unit),
        on,
      ),
    ]);
    return {
      items: items.map((each) => ({
        ...each,
        reason: each.reason as RecusalReason,
        person: person(each.person),
        unit: unit(each.unit),
      })),
    };
  }

  async add(call: Call<'addRecusal'>): Promise<AnswerOf<'addRecusal'>> {
    const { body, who } = call;
    const { commandId } = await this.door.enter(
      'addRecusal',
      call,
      async ({ db, register, realm, act, commandId: id }) => {
        const unit = findUnit(register, body.unit);
        if (!unit) throw refused([registerMistake('body.unit', 'UNIT_UNKNOWN', { unit: body.unit })]);
        const person = await personOf(db, body.person, 'body.person');
        // It is for whoever keeps the person or the unit: either may know the reason.
        if (!realm.holds(unit.id) && !(await isKeptBy(db, realm, person)))
          throw refused([registerMistake('body.person', 'PERSON_NOT_YOURS')]);
        const { reason, from, to = null } = body;
        if (to !== null && to <= from) throw refused([registerMistake('body.to', 'OFFICE_ORDER')]);
        const known = await recusals.overlapping(db, { person, unit: unit.id, reason, from, to });
        if (known) throw refused([registerMistake('body.from', 'RECUSAL_TWICE', { from: known.from })]);
        await recusals.add(db, { id, person, unit: unit.id, reason, from, to, by: who.person }, act);
      },
    );
    return { commandId, id: commandId, warnings: await this.seats(commandId, body.from) };
  }

  /** Whoever sits in a team already stays there until somebody changes it: the case goes on, and says so. */
  private async seats(recusal: string, from: string): Promise<Warning[]> {
    const on = [from, this.clock.today()].sort()[1]!;
    const seats = await recusals.seated(this.database, { on, teamOffices: teamOffices(), recusal });
    return seats.length === 0 ? [] : [warningOf('MEMBER_SEATED', { cases: seats.length })];
  }

  async end(call: Call<'endRecusal'>): Promise<AnswerOf<'endRecusal'>> {
    const { commandId } = await this.door.enter('endRecusal', call, async ({ db, realm, act }) => {
      const found = await recusals.find(db, call.params.id);
      const isMine = found && (realm.holds(found.unit) || (await isKeptBy(db, realm, found.person)));
      if (isMine && call.body.on <= found.from) throw refused([registerMistake('body.on', 'OFFICE_ORDER')]);
      if (!isMine || !(await recusals.end(db, { id: found.id, to: call.body.on }, act)))
        throw refused([registerMistake('params.id', 'RECUSAL_UNKNOWN')]);
    });
    return { commandId, id: null };
  }
}
