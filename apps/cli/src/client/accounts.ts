import type { ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { everyPage } from './pages.js';

/** The accounts of others, for an administrator. */
export function register(program: Command, io: Io): void {
  const group = program
    .command('account')
    .description(io.say({ vi: 'Tài khoản (dành cho quản trị)', en: 'Accounts (for administrators)' }));
  group
    .command('list')
    .description(io.say({ vi: 'Các tài khoản', en: 'All accounts' }))
    .addHelpText('after', '\n  giamsat account list --json')
    .action(() => list(io));
  group
    .command('create')
    .argument('<login>')
    .option('--name <name>', io.say({ vi: 'họ tên người mới', en: 'name of a new person' }))
    .option('--email <address>')
    .option('--administrator', io.say({ vi: 'cũng làm quản trị', en: 'to keep the accounts too' }))
    .option('--person <id>', io.say({ vi: 'cho người đã có', en: 'for a person who is known' }))
    .description(io.say({ vi: 'Tạo tài khoản, mật khẩu dùng một lần', en: 'A new account with a one-time password' }))
    .addHelpText('after', '\n  giamsat account create mai.lan --name "Trần Mai Lan" --email lan@example.vn')
    .action((login: string, options: Created) => create(login, options, io));
  group
    .command('first')
    .argument('<login>')
    .requiredOption('--name <name>', io.say({ vi: 'họ tên', en: 'name' }))
    .option('--unit <symbol>', io.say({ vi: 'ký hiệu cấp ủy cao nhất', en: 'symbol of the body at the top' }), 'TU')
    .option(
      '--unit-name <name>',
      io.say({ vi: 'tên, nếu chưa có trong hệ thống', en: 'its name, when it is not known yet' }),
    )
    .description(
      io.say({ vi: 'Người quản trị đầu tiên (trên máy chủ)', en: 'The first administrator (on the server itself)' }),
    )
    .addHelpText('after', '\n  giamsat account first quan.tri --name "Trần Mai Lan" --unit TU --unit-name "Tỉnh ủy"')
    // loaded when asked for, as the database library costs every other command a second
    .action(async (login: string, options: { name: string; unit: string; unitName?: string }) =>
      (await import('./first-account.js')).first({ login, ...options }, io),
    );
  change(
    'disable',
    { vi: 'Khóa tài khoản, có hiệu lực ngay', en: 'Disable an account, at once and everywhere' },
    (account) => connect(io).disableAccount({ params: { account } }),
  );
  change('enable', { vi: 'Mở lại tài khoản', en: 'Enable an account again' }, (account) =>
    connect(io).enableAccount({ params: { account } }),
  );
  group
    .command('reset-password')
    .argument('<login>')
    .option(
      '--second-factor',
      io.say({ vi: 'bỏ cả xác thực hai lớp đã mất', en: 'take a lost second factor away too' }),
    )
    .description(io.say({ vi: 'Cấp lại mật khẩu dùng một lần', en: 'Give a one-time password' }))
    .addHelpText('after', '\n  giamsat account reset-password mai.lan')
    .action(async (account: string, { secondFactor = false }: { secondFactor?: boolean }) =>
      showPassword(await connect(io).resetPassword({ params: { account }, body: { secondFactor } }), io),
    );

  function change(
    name: 'disable' | 'enable',
    words: { vi: string; en: string },
    act: (login: string) => Promise<ResponseOf<'disableAccount'>>,
  ): void {
    group
      .command(name)
      .argument('<login>')
      .description(io.say(words))
      .addHelpText('after', `\n  giamsat account ${name} mai.lan`)
      .action(async (login: string) => {
        const account = await act(login);
        io.show(row(account, io).join('  '), account);
      });
  }
}

interface Created {
  name?: string;
  email?: string;
  person?: string;
  administrator?: boolean;
}

async function create(
  login: string,
  { name = '', email, person, administrator = false }: Created,
  io: Io,
): Promise<void> {
  const body =
    person === undefined
      ? { login, name, administrator, ...(email !== undefined && { email }) }
      : { login, administrator, person };
  showPassword(await connect(io).createAccount({ body }), io);
}

async function list(io: Io): Promise<void> {
  const client = connect(io);
  const items = await everyPage((after) =>
    client.listAccounts({ query: { ...(after !== undefined && { after }), limit: 200 } }),
  );
  io.show(table(items.map((item) => row(item, io))), items);
}

const row = ({ login, name, disabled, oneTime, secondFactor }: ResponseOf<'disableAccount'>, io: Io): string[] => [
  login,
  name,
  disabled ? io.say({ vi: 'đã khóa', en: 'disabled' }) : '',
  oneTime ? io.say({ vi: 'chưa đổi mật khẩu', en: 'password not changed yet' }) : '',
  secondFactor ? io.say({ vi: 'hai lớp', en: 'second factor' }) : '',
];

function showPassword(given: ResponseOf<'createAccount'>, io: Io): void {
  const { login, password, until } = given;
  io.show(
    io.say({
      vi: `Mật khẩu dùng một lần của ${login}, chỉ hiện ở đây, có hiệu lực đến ${day(until)}: ${password}`,
      en: `One-time password of ${login}, shown only here, good until ${day(until)}: ${password}`,
    }),
    given,
  );
}
