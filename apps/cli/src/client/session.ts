import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { anonymous, connect, forgetToken, saveToken } from './connect.js';
import { officeName } from './names.js';

export function register(program: Command, io: Io): void {
  program
    .command('login')
    .description(io.say({ vi: 'Đăng nhập', en: 'Sign in' }))
    .requiredOption('--user <login>', io.say({ vi: 'tên đăng nhập', en: 'login' }))
    .option(
      '--password <password>',
      io.say({ vi: 'hỏi khi không có; hoặc biến GIAMSAT_PASSWORD', en: 'asked for when absent; or GIAMSAT_PASSWORD' }),
    )
    .addHelpText('after', '\n  giamsat login --user coordinator')
    .action((options: { user: string; password?: string }) => login(options, io));
  program
    .command('logout')
    .description(io.say({ vi: 'Đăng xuất', en: 'Sign out' }))
    .addHelpText('after', '\n  giamsat logout')
    .action(async () => {
      await connect(io).logout();
      forgetToken(io.env);
      io.show(io.say({ vi: 'Đã đăng xuất.', en: 'Signed out.' }), { ended: true });
    });
  program
    .command('whoami')
    .description(io.say({ vi: 'Tôi là ai, giữ chức trách gì hôm nay', en: 'Who I am and the offices I hold today' }))
    .addHelpText('after', '\n  giamsat whoami --json')
    .action(() => whoami(io));
}

async function login({ user, password }: { user: string; password?: string }, io: Io): Promise<void> {
  const given = password ?? io.env.GIAMSAT_PASSWORD ?? (io.isTerminal ? await askPassword(io) : undefined);
  if (!given)
    throw new Stop('usage', {
      vi: 'Thiếu mật khẩu: thêm --password hoặc đặt GIAMSAT_PASSWORD.',
      en: 'No password: add --password or set GIAMSAT_PASSWORD.',
    });
  const { person, token, expiresAt } = await anonymous(io.env).login({ body: { login: user, password: given } });
  saveToken(io.env, token!);
  io.show(
    io.say({
      vi: `Chào ${person.name}. Phiên làm việc đến ${day(expiresAt)}.`,
      en: `Hello ${person.name}. Signed in until ${day(expiresAt)}.`,
    }),
    { person, expiresAt },
  );
}

async function whoami(io: Io): Promise<void> {
  const me = await connect(io).me();
  const rows = me.offices.map(({ office, unit, campaign, case: of, team, from, to }) => [
    officeName(office, io),
    unit?.name ?? (campaign ? `campaign ${campaign}` : of ? `case ${of}` : (team ?? '')),
    to === null ? io.say({ vi: `từ ${day(from)}`, en: `since ${day(from)}` }) : `${day(from)} – ${day(to)}`,
  ]);
  io.show([`${me.person.name} (${me.login})`, ...table(rows)], me);
}

async function askPassword(io: Io): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  return password({ message: io.say({ vi: 'Mật khẩu', en: 'Password' }) });
}
