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
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { today } from '../cli/when.js';
import { environmentOf } from './connect.js';
import { askSecret } from './secrets.js';

interface First {
  login: string;
  name: string;
  unit: string;
  unitName?: string;
}

const DAY_MS = 86_400_000;
const act = () => ({ at: new Date().toISOString(), commandId: newId(), by: 'engine' as const });

/**
 * Before there is an administrator nobody can be asked to make one, so it is done on the server, with the rights of the
 * schema's owner. The password is for one day and one use. Refused once there is an administrator.
 */
export async function first(given: First, io: Io): Promise<void> {
  const url = environmentOf(io.env).DATABASE_URL_MIGRATOR;
  if (!url)
    throw new Stop('usage', {
      vi: 'Không biết cơ sở dữ liệu: hãy đặt DATABASE_URL_MIGRATOR.',
      en: 'No database known: set DATABASE_URL_MIGRATOR.',
    });
  const passwordHash = await hashPassword(await askSecret(io, 'next'));
  const database = await openDatabase({ url, poolSize: 1, name: 'giamsat-account' });
  try {
    await inTransaction(database, (db) => write(db, given, passwordHash));
  } finally {
    await database.destroy();
  }
  io.show(
    io.say({
      vi: `Đã có người quản trị ${given.login}. Đăng nhập trong một ngày để đổi mật khẩu.`,
      en: `${given.login} keeps the accounts now. Sign in within a day and change the password.`,
    }),
    { login: given.login },
  );
}

async function write(db: EntityManager, { login, name, unit, unitName }: First, passwordHash: string): Promise<void> {
  const on = today();
  if (await offices.hasAdministrator(db, on))
    throw new Stop('refused', {
      vi: 'Đã có người quản trị: hãy dùng giamsat account create.',
      en: 'There is an administrator already: use giamsat account create.',
    });
  const body = (await organisations.resolve(db, unit))?.id ?? (await newBody(db, unit, unitName, on));
  const person = (await people.resolve(db, login))?.id ?? (await people.add(db, { name }, act()));
  const oneTimeUntil = new Date(Date.now() + DAY_MS).toISOString();
  await accounts.setPassword(db, { personId: person, login, passwordHash, oneTimeUntil });
  await accounts.record(db, person, 'accountCreated', act());
  await offices.grant(db, { person, office: offices.ADMINISTRATOR, scope: { unit: body }, from: on }, act());
}

function newBody(db: EntityManager, symbol: string, name: string | undefined, from: string): Promise<string> {
  if (!name)
    throw new Stop('usage', {
      vi: `Chưa có cấp ủy ${symbol}: thêm --unit-name.`,
      en: `There is no body ${symbol} yet: add --unit-name.`,
    });
  return organisations.addUnit(db, { kind: 'province', symbol, name, from }, act());
}
