import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect, tokenOf } from './connect.js';
import { askSecret, isProblem } from './secrets.js';

/** One's own password, second factor and sessions. */
export function register(program: Command, io: Io): void {
  const own = program
    .command('me')
    .description(
      io.say({ vi: 'Mật khẩu, xác thực hai lớp, phiên của tôi', en: 'My password, second factor, sessions' }),
    );
  own
    .command('password')
    .description(io.say({ vi: 'Đổi mật khẩu', en: 'Change my password' }))
    .addHelpText('after', '\n  giamsat me password')
    .action(async () => {
      await changePassword(io);
      io.show(io.say({ vi: 'Đã đổi mật khẩu.', en: 'The password is changed.' }), { changed: true });
    });
  own
    .command('second-factor')
    .description(io.say({ vi: 'Bật xác thực hai lớp', en: 'Set up a second factor' }))
    .addHelpText('after', '\n  giamsat me second-factor')
    .action(() => enrol(io));
  own
    .command('sessions')
    .option('--end <id>', io.say({ vi: 'kết thúc một phiên', en: 'end one of them' }))
    .description(io.say({ vi: 'Tôi đang đăng nhập ở đâu', en: 'Where I am signed in' }))
    .addHelpText('after', '\n  giamsat me sessions\n  giamsat me sessions --end 0198…')
    .action(({ end }: { end?: string }) => (end === undefined ? list(io) : endOne(end, io)));
  own
    .command('token')
    .description(
      io.say({
        vi: 'Mã của phiên này, cho chương trình khác (temporal --codec-auth); ai có mã là vào được',
        en: 'The token of this session, for other programs (temporal --codec-auth); whoever has it is let in',
      }),
    )
    .addHelpText(
      'after',
      '\n  temporal workflow show … --codec-auth "Bearer $(giamsat me token)"\n  giamsat me token --json',
    )
    .action(() => {
      const token = tokenOf(io);
      io.show(token, { token });
    });
}

/** `password`: when it has just been given. */
export async function changePassword(io: Io, password?: string): Promise<void> {
  const client = connect(io);
  const old = password ?? (await askSecret(io, 'password'));
  const next = await askSecret(io, 'next');
  const change = (code?: string) =>
    client.changePassword({ body: { password: old, next, ...(code !== undefined && { code }) } });
  await change().catch(async (error: unknown) => {
    if (!isProblem(error, 'CODE_NEEDED')) throw error;
    return change(await askSecret(io, 'code'));
  });
}

async function enrol(io: Io): Promise<void> {
  const client = connect(io);
  const { uri, secret } = await client.enrolFactor();
  // On the error stream, since the answer of the command is what comes after the first code.
  io.err(
    io.say({
      vi: `Nhập khóa này vào ứng dụng xác thực; nó chỉ hiện một lần:\n  ${secret}\n  ${uri}`,
      en: `Enter this into your authenticator; it is shown once:\n  ${secret}\n  ${uri}`,
    }),
  );
  const { recoveryCodes } = await client.confirmFactor({ body: { code: await askSecret(io, 'code') } });
  io.show(
    [
      io.say({
        vi: 'Đã bật. Mã dự phòng, mỗi mã dùng một lần, hãy cất riêng:',
        en: 'It is on. Recovery codes, each good once; keep them apart:',
      }),
      ...recoveryCodes.map((each) => `  ${each}`),
    ],
    { recoveryCodes },
  );
}

async function list(io: Io): Promise<void> {
  const { items } = await connect(io).listSessions();
  const rows = items.map(({ id, kind, openedAt, seenAt, current }) => [
    id,
    kind,
    day(openedAt),
    day(seenAt),
    current ? io.say({ vi: 'phiên này', en: 'this one' }) : '',
  ]);
  io.show(table(rows), items);
}

async function endOne(id: string, io: Io): Promise<void> {
  await connect(io).endSession({ params: { id } });
  io.show(io.say({ vi: 'Đã kết thúc phiên.', en: 'The session is ended.' }), { ended: true });
}
