import { type Mistake, registerMistake } from '@giamsat/contracts/http';
import { campaigns, type Db, offices, references, registers, ScopedDatabase } from '@giamsat/database';
import { officesIn } from '@giamsat/procedure/source';
import { findUnit } from '@giamsat/registry';
import { Injectable } from '@nestjs/common';
import type { AnswerOf, Call } from '../http/call.js';
import { notFound } from '../http/problem-exception.js';
import { teamOffices } from '../rights/parties.js';
import { Naming } from './naming.js';
import { personOf } from './persons.js';
import { recusedSeats } from './recused.js';
import { type Entry, refused, RegisterDoor } from './register-door.js';

type Granting = Call<'grantOffice'>['body'];
const mistake = (path: string, ...rest: [code: Parameters<typeof registerMistake>[1], params?: Mistake['params']]) =>
  refused([registerMistake(path, ...rest)]);

/** Who holds what from when to when: granted, acted for, ended, revoked. Nobody does any of it for himself. */
@Injectable()
export class OfficeBook {
  private readonly known = officesIn(({ offices: all }) => Object.keys(all));
  private readonly ofTeam = new Set(teamOffices());

  constructor(
    private readonly database: ScopedDatabase,
    private readonly door: RegisterDoor,
    private readonly naming: Naming,
  ) {}

  async list({ query, who, at }: Call<'listOffices'>): Promise<AnswerOf<'listOffices'>> {
    const { register, realm, today } = await this.door.entry(this.database, who, at, '');
    const unit = query.unit === undefined ? undefined : findUnit(register, query.unit);
    if (query.unit !== undefined && (!unit || !realm.holds(unit.id))) throw notFound();
    const person = query.person === undefined ? undefined : await personOf(this.database, query.person, 'query.person');
    const on = query.at ?? today;
    const page = await registers.list(this.database, {
      on,
      units: unit ? [unit.id] : realm.units,
      limit: query.limit,
      ...(person && { person }),
      ...(query.after && { after: query.after }),
    });
    return { items: await this.naming.grants(page.items, on), next: page.next };
  }

  async grant(call: Call<'grantOffice'>): Promise<AnswerOf<'grantOffice'>> {
    const { body, who } = call;
    const { commandId } = await this.door.enter('grantOffice', call, async (entry) => {
      const { db, act, commandId: id } = entry;
      const scope = await this.scopeOf(entry, body);
      const person = await personOf(db, body.person, 'body.person');
      if (person === who.person) throw mistake('body.person', 'NOT_TO_ONESELF');
      const { office, from, to } = body;
      if (!this.known.includes(office))
        throw mistake('body.office', 'OFFICE_UNKNOWN', { known: this.known.join(', ') });
      if (to !== undefined && to <= from) throw mistake('body.to', 'OFFICE_ORDER');
      const [before] = await registers.during(db, { office, scope, from, to: to ?? null, person });
      if (before) throw mistake('body.from', 'OFFICE_TWICE', { from: before.from });
      const actingFor = await this.actedFor(entry, body, scope, person);
      if (body.team !== undefined || this.ofTeam.has(office)) await this.notRecused(entry, scope, person);
      await offices.grant(
        db,
        { id, person, office, scope, from, by: who.person, ...(to && { to }), ...(actingFor && { actingFor }) },
        act,
      );
    });
    return { commandId, id: commandId };
  }

  async end(call: Call<'endOffice'>): Promise<AnswerOf<'endOffice'>> {
    const { on } = call.body;
    const { commandId } = await this.door.enter('endOffice', call, async (entry) => {
      const grant = await this.mine(entry, call.params.id);
      if (grant.to !== null && grant.to <= on) throw mistake('body.on', 'OFFICE_ENDED');
      if (on <= grant.from) throw mistake('body.on', 'OFFICE_ORDER');
      await offices.endOn(entry.db, { grant: grant.grant, to: on }, entry.act);
    });
    return { commandId, id: null };
  }

  async revoke(call: Call<'revokeOffice'>): Promise<AnswerOf<'revokeOffice'>> {
    const { commandId } = await this.door.enter('revokeOffice', call, async (entry) => {
      const { grant } = await this.mine(entry, call.params.id);
      await offices.revoke(entry.db, { grant, by: call.who.person }, entry.act);
    });
    return { commandId, id: null };
  }

  /** Acting is for a time, and for whoever holds that very office through all of it. */
  private async actedFor({ db }: Entry, body: Granting, scope: offices.OfficeScope, person: string) {
    if (body.actingFor === undefined) return undefined;
    const { office, from, to } = body;
    const holder = await personOf(db, body.actingFor, 'body.actingFor');
    if (to === undefined) throw mistake('body.to', 'ACTING_NEEDS_END');
    if (holder === person) throw mistake('body.actingFor', 'ACTING_FOR_ONESELF');
    const held = await registers.during(db, { office, scope, from, to, person: holder });
    const covers = held.some((each) => each.from <= from && (each.to === null || each.to >= to) && !each.actingFor);
    if (!covers) throw mistake('body.actingFor', 'ACTING_FOR_NOBODY');
    return holder;
  }

  /** In a team, or with an office of one on a case or in a whole campaign. */
  private async notRecused({ db, today }: Entry, scope: offices.OfficeScope, person: string): Promise<void> {
    const units = await references.unitsSupervised(db, scope);
    const seats = units.map((unit) => ({ path: 'body.person', person, unit }));
    const found = await recusedSeats(db, seats, today);
    if (found.length > 0) throw refused(found);
  }

  private async scopeOf({ db, register, realm }: Entry, body: Granting): Promise<offices.OfficeScope> {
    if (body.unit !== undefined) {
      const unit = findUnit(register, body.unit);
      if (!unit) throw mistake('body.unit', 'UNIT_UNKNOWN', { unit: body.unit });
      if (!realm.holds(unit.id)) throw mistake('body.unit', 'UNIT_NOT_YOURS');
      return { unit: unit.id };
    }
    const campaign = await campaignOf(db, body);
    const owner = campaign && (await campaigns.find(db, campaign))?.ownerUnit;
    // Whose campaign it is decides; of any other one learns nothing.
    if (!owner || !realm.seats.has(owner)) throw notFound();
    if (body.team !== undefined) return { team: body.team };
    return body.case === undefined ? { campaign } : { case: body.case };
  }

  private async mine({ db, realm }: Entry, id: string): Promise<offices.Grant> {
    const grant = await registers.find(db, id);
    const isMine =
      grant?.unit != null ? realm.holds(grant.unit) : grant !== null && (await isOfSeat(db, realm.seats, grant));
    if (!grant || !isMine) throw mistake('params.id', 'GRANT_UNKNOWN');
    if (grant.revoked) throw mistake('params.id', 'OFFICE_ENDED');
    return grant;
  }
}

async function isOfSeat(db: Db, seats: ReadonlySet<string>, grant: offices.Grant): Promise<boolean> {
  const { campaign, team } = grant;
  const id = await campaignOf(db, {
    campaign: campaign ?? undefined,
    case: grant.case ?? undefined,
    team: team ?? undefined,
  });
  const owner = id && (await campaigns.find(db, id))?.ownerUnit;
  return owner ? seats.has(owner) : false;
}

/** A team's id begins with its campaign's. */
async function campaignOf(db: Db, { campaign, case: of, team }: { campaign?: string; case?: string; team?: string }) {
  if (team !== undefined) return team.slice(0, 36);
  return campaign ?? (of === undefined ? '' : ((await campaigns.findCase(db, of))?.campaignId ?? ''));
}
