import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { baseUrl, environmentOf } from '../client/connect.js';
import { Cast } from './cast.js';
import { HISTORY_TITLE, loadHistory } from './history.js';
import { PASSWORD, PROVINCE } from './people.js';
import { seed } from './seed.js';
import { loadToday, TODAY_TITLE } from './today.js';

/**
 * Loads what is not there yet; safe to repeat, and goes on where an earlier load was cut short. Progress goes to the error
 * stream, the accounts to the output.
 */
export async function loadDemo(io: Io): Promise<void> {
  const url = environmentOf(io.env).DATABASE_URL_MIGRATOR;
  if (!url)
    throw new Stop('usage', {
      vi: 'Không biết cơ sở dữ liệu: hãy chạy npm start trước, hoặc đặt DATABASE_URL_MIGRATOR.',
      en: 'No database known: run npm start first, or set DATABASE_URL_MIGRATOR.',
    });
  const out = (line: string): void => io.err(line);
  if (await seed(url))
    out(io.say({ vi: 'Đã tạo đơn vị, người và tài khoản mẫu', en: 'Units, people and accounts are there' }));
  const cast = new Cast(baseUrl(io.env));
  out(TODAY_TITLE);
  await loadToday(cast, out);
  out(HISTORY_TITLE);
  await loadHistory(cast, out);
  io.show(accountsText(), { password: PASSWORD, accounts: PROVINCE.staff });
}

function accountsText(): string[] {
  const { staff, units } = PROVINCE;
  const [first, ...others] = units;
  return [
    `Tài khoản mẫu, mật khẩu chung · Demo accounts, one password: ${PASSWORD}`,
    ...staff.map(({ login, what }) => `  ${login.padEnd(16)} ${what.vi} · ${what.en}`),
    `  ${first!.login.padEnd(16)} đứng đầu ${first!.name} · head of a unit; cũng vậy · also: ${others
      .map(({ login }) => login)
      .join(', ')}`,
  ];
}
