import {
  accounts,
  hashPassword,
  inTransaction,
  newId,
  offices,
  openDatabase,
  organisations,
  people,
} from '@giamsat/database';
import type { EntityManager } from 'typeorm';
import {
  DISTRICTS,
  DISTRICTS_END,
  DRILL,
  PASSWORD,
  PROVINCE,
  SUCCESSORS,
  type DemoCommittee,
  type DemoUnit,
} from './people.js';

const FROM = '2020-01-01';

/** Units, people, accounts and offices, as an administrator would have entered them: all or nothing. False = they are there. */
export async function seed(url: string): Promise<boolean> {
  const database = await openDatabase({ url, poolSize: 2, name: 'giamsat-demo' });
  try {
    const isThere = await Promise.all([PROVINCE, DRILL].map(({ symbol }) => organisations.resolve(database, symbol)));
    if (isThere.every(Boolean)) return false;
    const passwordHash = await hashPassword(PASSWORD);
    await inTransaction(database, async (db) => {
      const write = new Administrator(db, passwordHash);
      if (!isThere[0]) await write.province();
      if (!isThere[1]) await write.committee(DRILL, FROM);
    });
    return true;
  } finally {
    await database.destroy();
  }
}

const act = () => ({ at: new Date().toISOString(), commandId: newId(), by: 'engine' as const });

class Administrator {
  constructor(
    private readonly db: EntityManager,
    private readonly passwordHash: string,
  ) {}

  async province(): Promise<void> {
    const { owner, units } = await this.committee(PROVINCE, DISTRICTS_END);
    for (const district of DISTRICTS) {
      const id = await this.body(owner, 'district', FROM, district);
      const successors = (SUCCESSORS[district.symbol] ?? []).map((symbol) => units.get(symbol)!);
      const kind = successors.length === 0 ? 'dissolve' : successors.length === 1 ? 'merge' : 'split';
      await organisations.end(this.db, { id, kind, successors, on: DISTRICTS_END }, act());
    }
  }

  /** `from`: since when there are the units below it. */
  async committee(
    { symbol, name, staff, units }: DemoCommittee,
    from: string,
  ): Promise<{ owner: string; units: Map<string, string> }> {
    const owner = await organisations.addUnit(this.db, { kind: 'province', symbol, name, from: FROM }, act());
    for (const { login, name: called, offices: held = [] } of staff) {
      const person = await this.person(login, called);
      for (const office of held) await this.grant(person, office, owner, FROM);
    }
    const added = new Map<string, string>();
    for (const unit of units) added.set(unit.symbol, await this.body(owner, 'commune', from, unit));
    return { owner, units: added };
  }

  private async body(
    parent: string,
    kind: string,
    from: string,
    { symbol, login, name, head, contact }: DemoUnit,
  ): Promise<string> {
    const id = await organisations.addUnit(this.db, { kind, symbol, name, from, parent }, act());
    await this.grant(await this.person(login, head), 'unit-head', id, from);
    await this.grant(await this.person(`${login}-dm`, contact), 'unit-contact', id, from);
    return id;
  }

  private async person(login: string, name: string): Promise<string> {
    const known = await people.resolve(this.db, login);
    if (known) return known.id;
    const id = await people.add(this.db, { name, email: `${login}@dong-nai.example`, code: login }, act());
    await accounts.setPassword(this.db, { personId: id, login, passwordHash: this.passwordHash, isDemo: true });
    return id;
  }

  private async grant(person: string, office: string, unit: string, from: string): Promise<void> {
    await offices.grant(this.db, { person, office, scope: { unit }, from }, act());
  }
}
