import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { anonymous, connect, forgetToken, save, saved } from './connect.js';
import { officeName } from './names.js';
import { changePassword } from './own-account.js';
import { askSecret, isProblem } from './secrets.js';

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
  const given = password ?? (await askSecret(io, 'password'));
  const { device } = saved(io.env);
  const signIn = (code?: string) =>
    anonymous(io.env).login({
      body: { login: user, password: given, ...(device && { device }), ...(code !== undefined && { code }) },
    });
  const {
    person,
    token,
    device: known,
    expiresAt,
    mustChange,
  } = await signIn().catch(async (error: unknown) => {
    if (!isProblem(error, 'CODE_NEEDED')) throw error;
    return signIn(await askSecret(io, 'code'));
  });
  save(io.env, { token: token!, device: known! });
  if (mustChange) await changePassword(io, given);
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
