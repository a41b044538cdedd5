import { offices, organisations, register as registers, succession, ScopedDatabase } from '@giamsat/database';
import { procedureLibrary, unitOffices } from '@giamsat/procedure/source';
import type { CaseRow } from '@giamsat/procedure';
import { endsOn, type Register, successorsOn } from '@giamsat/registry';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Give } from '../commands/give.js';
import { envelopeFor } from '../commands/prepare.js';
import type { AnswerOf, Call, Standing } from '../http/call.js';
import { notFound } from '../http/problem-exception.js';
import { titleOf } from '../streams/streams.js';
import { Naming } from './naming.js';

/**
 * Open duties of units that have ended (domain §4): whoever has a right on the case decides which successor owes each of
 * them, or that it is closed, and each receiver takes over its own. Nothing passes by itself, and a receiver sees of a case
 * what it is asked to owe and who owes it now, not who else is asked nor what.
 */
@Injectable()
export class Transfers {
  private readonly unitOffices = unitOffices();
  private readonly library = procedureLibrary();
  private readonly accepting = new Set(
    this.library.listProcedures().flatMap(({ compiled }) => compiled.acts.acceptTransfer ?? []),
  );

  constructor(
    private readonly database: ScopedDatabase,
    private readonly naming: Naming,
    private readonly commands: Give,
    private readonly clock: Clock,
  ) {}

  async list({ query, who }: Call<'listTransfers'>): Promise<AnswerOf<'listTransfers'>> {
    const on = this.clock.today();
    const held = await this.accepters(who.person, on);
    const units = held.flatMap(({ unit }) => unit ?? []);
    const isMine = (unit: string): boolean => units.includes(unit);
    const { person } = who;
    const asked = { person, on, unitOffices: this.unitOffices, units, limit: query.limit };
    const page = await succession.orphaned(this.database, { ...asked, ...(query.after && { after: query.after }) });
    const [register, subjects] = await Promise.all([
      registers.load(this.database),
      succession.unitsOfCases(
        this.database,
        page.items.map((each) => each.case),
        on,
      ),
    ]);
    const standing = page.items.map(({ row }) => [...row.units, ...(row.offered ?? [])]);
    const ending = page.items.map(({ row }) => row.units.filter((unit) => hasEnded(register, unit, on)));
    const successors = ending.map((ended) => ended.flatMap((unit) => successorsOn(register, unit, on)));
    const name = await this.naming.units([...standing, ...successors].flat(), on);
    const items = page.items.map(({ case: id, campaign, draft, row, inside }, i) => {
      const { now: _, ended, takenOverBy, ...unit } = subjects[id]!;
      const offered = row.offered ?? [];
      const from = ending[i]!;
      const own = Object.entries(row.duties).filter(([, duty]) => inside || duty.offered?.some(isMine));
      const told = (units: string[]): string[] => (inside ? units : units.filter(isMine));
      const isLeft = ({ owes, offered: to }: Duty): boolean => !to && owes.some((each) => from.includes(each));
      return {
        case: id,
        campaign,
        title: titleOf(draft),
        unit,
        ended,
        from: inside ? from.map(name) : [],
        successors: [...new Set(successors[i])].map(name),
        duties: own.map(([key, duty]) => ({
          key,
          due: row.dues.find((each) => each.key === key)?.due ?? null,
          owes: duty.owes.filter((each) => inside || isMine(each) || from.includes(each)).map(name),
          offered: told(duty.offered ?? []).map(name),
        })),
        offered: told(offered).map(name),
        accepted: (takenOverBy ?? []).filter(({ id: each }) => inside || isMine(each)),
        remains: inside && Object.values(row.duties).some(isLeft) ? ('decide' as const) : ('accept' as const),
        mine: offered.filter(isMine),
      };
    });
    return { items, next: page.next };
  }

  /** @throws NOT_FOUND for whoever holds no office of the unit that may accept, or where nothing is offered to it */
  async accept(call: Call<'acceptTransfer'>): Promise<AnswerOf<'acceptTransfer'>> {
    const { params, body, who, key, at, trace } = call;
    const unit = await organisations.resolve(this.database, body.unit);
    const held = await this.accepters(who.person, this.clock.today());
    const standing: Standing[] = held.flatMap((grant) =>
      unit !== null && grant.unit === unit.id ? [{ ...grant, forUnit: unit.id }] : [],
    );
    trace.standing = standing;
    if (!unit || standing.length === 0) throw notFound();
    const given = { type: 'acceptTransfer' as const, unit: unit.id };
    const giving = { scope: 'case' as const, id: params.id, body: given, key, who, standing, at };
    const { commandId, seq } = await this.commands.carryOutUnread(giving, { ...params, body: given }, async (id) => {
      const name = await succession.offeredUnder(this.database, params.id, unit.id);
      if (name === null) throw notFound();
      const acceptedBy = this.library.getProcedure(name)?.compiled.acts.acceptTransfer ?? [];
      const grant = standing.find(({ office }) => acceptedBy.includes(office)) ?? standing[0]!;
      return { body: given, envelope: envelopeFor(grant, who.person, id) };
    });
    return { commandId, seq };
  }

  private async accepters(person: string, on: string): Promise<offices.Grant[]> {
    const held = await offices.ofPerson(this.database, person, on);
    return held.filter(({ unit, office }) => unit !== null && this.accepting.has(office));
  }
}

type Duty = CaseRow['duties'][string];

function hasEnded(register: Register, unit: string, on: string): boolean {
  const entry = register.get(unit);
  const end = entry ? endsOn(entry) : null;
  return end !== null && end <= on;
}
