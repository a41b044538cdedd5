import { accounts, inTransaction, newId, offices, openDatabase, organisations, people } from '@giamsat/database';
import { hash } from '@node-rs/argon2';
import type { EntityManager } from 'typeorm';
import { COMMUNES, DISTRICTS, DISTRICTS_END, OWNER, PASSWORD, STAFF, type DemoUnit } from './people.js';

const FROM = '2020-01-01';
/** `Algorithm.Argon2id` is a const enum; cost as the api hashes. */
const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Units, people, accounts and offices, as an administrator would have entered them: all or nothing, once. */
export async function seed(url: string): Promise<boolean> {
  const database = await openDatabase({ url, poolSize: 2, name: 'giamsat-demo' });
  try {
    if (await organisations.resolve(database, OWNER.symbol)) return false;
    const passwordHash = await hash(PASSWORD, ARGON2);
    await inTransaction(database, (manager) => write(manager, passwordHash));
    return true;
  } finally {
    await database.destroy();
  }
}

const act = () => ({ at: new Date().toISOString(), commandId: newId(), by: 'engine' as const });

async function write(db: EntityManager, passwordHash: string): Promise<void> {
  const owner = await organisations.addUnit(db, { kind: 'province', ...OWNER, from: FROM }, act());
  const person = async (login: string, name: string): Promise<string> => {
    const id = await people.add(db, { name, email: `${login}@dong-nai.example` }, act());
    await accounts.setPassword(db, { personId: id, login, passwordHash });
    return id;
  };
  for (const { login, name, office } of STAFF) {
    const id = await person(login, name);
    if (office) await offices.grant(db, { person: id, office, scope: { unit: owner }, from: FROM }, act());
  }
  const body = async (
    kind: string,
    from: string,
    { symbol, login, name, head, contact }: DemoUnit,
  ): Promise<string> => {
    const id = await organisations.addUnit(db, { kind, symbol, name, from, parent: owner }, act());
    await offices.grant(
      db,
      { person: await person(login, head), office: 'unit-head', scope: { unit: id }, from },
      act(),
    );
    await offices.grant(
      db,
      { person: await person(`${login}-dm`, contact), office: 'unit-contact', scope: { unit: id }, from },
      act(),
    );
    return id;
  };
  for (const commune of COMMUNES) await body('commune', DISTRICTS_END, commune);
  for (const district of DISTRICTS) {
    const id = await body('district', FROM, district);
    await organisations.end(db, { id, on: DISTRICTS_END, kind: 'dissolve', successors: [] } as never, act());
  }
}
