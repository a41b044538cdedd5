import { type offices, organisations, people, ScopedDatabase } from '@giamsat/database';
import { Injectable } from '@nestjs/common';

/** Names beside ids, for what leaves. */
@Injectable()
export class Naming {
  constructor(private readonly database: ScopedDatabase) {}

  async people(ids: string[]): Promise<(id: string) => { id: string; name: string }> {
    const found = await people.findMany(this.database, [...new Set(ids)]);
    return (id) => ({ id, name: found[id]?.name ?? '' });
  }

  async units(ids: string[], on: string): Promise<(id: string) => { id: string; symbol: string | null; name: string }> {
    const found = await organisations.named(this.database, [...new Set(ids)], on);
    return (id) => found[id] ?? { id, symbol: null, name: '' };
  }

  async grants(grants: offices.Grant[], on: string) {
    const [person, unit] = await Promise.all([
      this.people(grants.flatMap(({ person: of, actingFor }) => (actingFor ? [of, actingFor] : [of]))),
      this.units(
        grants.flatMap(({ unit: of }) => of ?? []),
        on,
      ),
    ]);
    return grants.map((grant) => ({
      ...grant,
      person: person(grant.person),
      unit: grant.unit === null ? null : unit(grant.unit),
      actingFor: grant.actingFor === null ? null : person(grant.actingFor),
    }));
  }
}
