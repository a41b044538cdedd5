import { randomUUID } from 'node:crypto';
import { RECUSAL_REASONS, type RecusalReason, type Warning } from '@giamsat/contracts/http';
import { Option, type Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day, today } from '../cli/when.js';
import { connect } from '../client/connect.js';
import { warningLines } from '../client/movement.js';
import { everyPage } from '../client/pages.js';

const NO_CHANGE = new Stop('usage', {
  vi: 'Sửa gì? Thêm --name hoặc --email.',
  en: 'Change what? Add --name or --email.',
});
const REASONS = Object.keys(RECUSAL_REASONS) as RecusalReason[];

export function register(program: Command, io: Io): void {
  const people = program
    .command('people')
    .description(io.say({ vi: 'Cán bộ và việc rút khỏi đoàn', en: 'People, and who may not sit in a team' }));
  const recorded = (done: { id: string | null; warnings?: Warning[] }): void =>
    io.show(
      [
        io.say({
          vi: `Đã ghi.${done.id ? ` Mã: ${done.id}` : ''}`,
          en: `Recorded.${done.id ? ` Id: ${done.id}` : ''}`,
        }),
        ...warningLines({ warnings: done.warnings ?? [] }, io),
      ],
      done,
    );
  people
    .command('list')
    .description(io.say({ vi: 'Cán bộ', en: 'People' }))
    .addHelpText('after', '\n  giamsat people list')
    .action(async () => {
      const items = await everyPage((after) =>
        connect(io).listPeople({ query: { limit: 200, ...(after && { after }) } }),
      );
      const rows = items.map(({ id, name, code, login, reachable }) => [
        name,
        code ?? '',
        login ?? '',
        reachable ? '' : io.say({ vi: 'chưa có địa chỉ thư', en: 'no e-mail address' }),
        id,
      ]);
      io.show(table(rows), items);
    });
  people
    .command('add')
    .argument('<name>')
    .description(io.say({ vi: 'Thêm cán bộ', en: 'Add a person' }))
    .option('--code <code>', io.say({ vi: 'mã cán bộ', en: 'personnel code' }))
    .option('--email <address>', io.say({ vi: 'thư điện tử', en: 'e-mail address' }))
    .addHelpText('after', '\n  giamsat people add "Lê Văn Mẫu" --code CB-12 --email mau@example.vn')
    .action(async (name: string, { code, email }: { code?: string; email?: string }) =>
      recorded(
        await connect(io).addPerson({
          key: randomUUID(),
          body: { name, ...(code && { code }), ...(email && { email }) },
        }),
      ),
    );
  people
    .command('edit')
    .argument('<person>')
    .description(io.say({ vi: 'Sửa tên, địa chỉ thư', en: 'Change name or address' }))
    .option('--name <name>')
    .option('--email <address>')
    .addHelpText('after', '\n  giamsat people edit CB-12 --email moi@example.vn')
    .action(async (id: string, { name, email }: { name?: string; email?: string }) => {
      if (!name && !email) throw NO_CHANGE;
      recorded(
        await connect(io).changePerson({
          params: { id },
          key: randomUUID(),
          body: { ...(name && { name }), ...(email && { email }) },
        }),
      );
    });
  people
    .command('recuse')
    .argument('<person>')
    .description(
      io.say({
        vi: 'Ghi: không tham gia đoàn giám sát một đơn vị',
        en: 'Record: may not sit in teams that supervise a unit',
      }),
    )
    .requiredOption('--unit <unit>', io.say({ vi: 'mã đơn vị', en: 'code of the unit' }))
    .addOption(
      new Option('--reason <reason>', REASONS.map((each) => `${each}: ${io.say(RECUSAL_REASONS[each])}`).join('; '))
        .choices(REASONS)
        .makeOptionMandatory(),
    )
    .option('--from <date>', io.say({ vi: 'từ ngày (mặc định hôm nay)', en: 'from this day (today)' }))
    .option('--to <date>', io.say({ vi: 'thôi từ ngày', en: 'first day it no longer holds' }))
    .addHelpText('after', '\n  giamsat people recuse CB-12 --unit XA-TAN-AN --reason kin')
    .action(
      async (
        person: string,
        { unit, reason, from = today(), to }: { unit: string; reason: RecusalReason; from?: string; to?: string },
      ) =>
        recorded(
          await connect(io).addRecusal({ key: randomUUID(), body: { person, unit, reason, from, ...(to && { to }) } }),
        ),
    );
  people
    .command('recusals')
    .description(io.say({ vi: 'Ai không được tham gia đoàn, vì sao', en: 'Who may not sit in a team, and why' }))
    .option('--at <date>', io.say({ vi: 'vào ngày', en: 'as of this day' }))
    .option('--end <id>', io.say({ vi: 'kết thúc một việc rút từ hôm nay', en: 'end one from today on' }))
    .addHelpText('after', '\n  giamsat people recusals\n  giamsat people recusals --end 0198…')
    .action(async ({ at, end }: { at?: string; end?: string }) => {
      if (end)
        return recorded(
          await connect(io).endRecusal({ params: { id: end }, key: randomUUID(), body: { on: today() } }),
        );
      const { items } = await connect(io).listRecusals({ query: { ...(at && { at }) } });
      const rows = items.map(({ id, person, unit, reason, from, to }) => [
        person.name,
        unit.name,
        io.say(RECUSAL_REASONS[reason]),
        `${day(from)} – ${to ? day(to) : ''}`,
        id,
      ]);
      io.show(table(rows), items);
    });
}
