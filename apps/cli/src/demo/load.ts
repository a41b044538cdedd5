import { Stop } from '../cli/exit.js';
import { baseUrl, environmentOf } from '../client/connect.js';
import type { Io } from '../cli/io.js';
import { Cast } from './acts.js';
import { HISTORY_TITLE, loadHistory } from './history.js';
import { COMMUNES, PASSWORD, STAFF } from './people.js';
import { seed } from './seed.js';
import { loadToday, TODAY_TITLE } from './today.js';

/** Loads what is not there yet; safe to repeat. Progress goes to the error stream, the accounts to the output. */
export async function loadDemo(io: Io): Promise<void> {
  const env = environmentOf(io.env);
  const url = env.DATABASE_URL_MIGRATOR;
  if (!url)
    throw new Stop('usage', {
      vi: 'Không biết cơ sở dữ liệu: hãy chạy npm start trước, hoặc đặt DATABASE_URL_MIGRATOR.',
      en: 'No database known: run npm start first, or set DATABASE_URL_MIGRATOR.',
    });
  const out = (line: string): void => io.err(line);
  if (await seed(url))
    out(io.say({ vi: 'Đã tạo đơn vị, người và tài khoản mẫu', en: 'Units, people and accounts are there' }));
  const cast = new Cast(baseUrl(io.env));
  const { items } = await (await cast.as('coordinator')).listCampaigns({ query: { limit: 200 } });
  const has = (title: string): boolean => items.some((item) => item.title === title && item.cases.total > 0);
  if (!has(TODAY_TITLE)) {
    out(TODAY_TITLE);
    await loadToday(cast, out);
  }
  if (!has(HISTORY_TITLE)) {
    out(HISTORY_TITLE);
    await loadHistory(cast, out);
  }
  io.show(accountsText(), { password: PASSWORD, accounts: STAFF });
}

function accountsText(): string[] {
  const staff = STAFF.map(({ login, what }) => `  ${login.padEnd(16)} ${what.vi} · ${what.en}`);
  const [first] = COMMUNES;
  return [
    `Tài khoản mẫu, mật khẩu chung · Demo accounts, one password: ${PASSWORD}`,
    ...staff,
    `  ${first!.login.padEnd(16)} đứng đầu ${first!.name} (và ${COMMUNES.length - 1} xã, phường khác: ${COMMUNES.slice(
      1,
    )
      .map(({ login }) => login)
      .join(', ')})`,
  ];
}
