import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day, today } from '../cli/when.js';
import { connect } from '../client/connect.js';
import { officeName } from '../client/names.js';
import { everyPage } from '../client/pages.js';
import { who } from './org.js';

interface Granting {
  unit?: string;
  campaign?: string;
  case?: string;
  team?: string;
  from?: string;
  to?: string;
  actingFor?: string;
}

const ONE_PLACE = new Stop('usage', {
  vi: 'Chức trách giữ ở đâu? Cho đúng một trong --unit, --campaign, --case, --team.',
  en: 'An office where? Give exactly one of --unit, --campaign, --case, --team.',
});

export function register(program: Command, io: Io): void {
  const office = program
    .command('office')
    .description(
      io.say({ vi: 'Chức trách: ai giữ gì, từ khi nào đến khi nào', en: 'Offices: who holds what, from when to when' }),
    );
  const recorded = (done: { id: string | null }): void =>
    io.show(
      io.say({ vi: `Đã ghi.${done.id ? ` Mã: ${done.id}` : ''}`, en: `Recorded.${done.id ? ` Id: ${done.id}` : ''}` }),
      done,
    );
  office
    .command('list')
    .description(io.say({ vi: 'Ai giữ chức trách gì', en: 'Who holds which office' }))
    .option('--unit <unit>', io.say({ vi: 'của một đơn vị', en: 'of one unit' }))
    .option('--person <person>', io.say({ vi: 'của một người', en: 'of one person' }))
    .option('--at <date>', io.say({ vi: 'vào ngày', en: 'as of this day' }))
    .addHelpText('after', '\n  giamsat office list --unit TU\n  giamsat office list --person CB-12 --at 2025-06-30')
    .action((query: { unit?: string; person?: string; at?: string }) => list(query, io));
  office
    .command('grant')
    .argument('<person>', io.say({ vi: 'tên đăng nhập, mã cán bộ hoặc mã', en: 'login, personnel code or id' }))
    .argument('<office>', 'unit-head, document-office, area-officer …')
    .description(
      io.say({
        vi: 'Giao chức trách, hoặc giữ thay trong một thời gian',
        en: 'Grant an office, or let somebody act for its holder',
      }),
    )
    .option('--unit <unit>', io.say({ vi: 'ở đơn vị', en: 'in a unit' }))
    .option('--campaign <id>', io.say({ vi: 'trong một cuộc giám sát', en: 'in a campaign' }))
    .option('--case <id>', io.say({ vi: 'trên một hồ sơ', en: 'on a case' }))
    .option('--team <id>', io.say({ vi: 'trong một đoàn', en: 'in a team' }))
    .option('--from <date>', io.say({ vi: 'từ ngày (mặc định hôm nay)', en: 'from this day (today)' }))
    .option('--to <date>', io.say({ vi: 'thôi từ ngày', en: 'first day it no longer holds' }))
    .option('--acting-for <person>', io.say({ vi: 'giữ thay ai', en: 'whom he acts for' }))
    .addHelpText(
      'after',
      '\n  giamsat office grant CB-12 unit-head --unit XA-TAN-AN\n  giamsat office grant CB-13 standing-signer --unit TU --to 2027-01-01 --acting-for thuong-truc',
    )
    .action(async (person: string, held: string, { from = today(), ...more }: Granting) => {
      const { unit, campaign, case: on, team } = more;
      if ([unit, campaign, on, team].filter(Boolean).length !== 1) throw ONE_PLACE;
      recorded(await connect(io).grantOffice({ key: randomUUID(), body: { person, office: held, from, ...more } }));
    });
  office
    .command('end')
    .argument('<grant>')
    .description(io.say({ vi: 'Thôi giữ từ một ngày', en: 'End an office on a day' }))
    .option('--on <date>', io.say({ vi: 'từ ngày (mặc định hôm nay)', en: 'first day it no longer holds (today)' }))
    .addHelpText('after', '\n  giamsat office end 0198… --on 2026-12-31')
    .action(async (id: string, { on = today() }: { on?: string }) =>
      recorded(await connect(io).endOffice({ params: { id }, key: randomUUID(), body: { on } })),
    );
  office
    .command('revoke')
    .argument('<grant>')
    .description(io.say({ vi: 'Thu hồi ngay', en: 'Take an office away at once' }))
    .addHelpText('after', '\n  giamsat office revoke 0198…')
    .action(async (id: string) =>
      recorded(await connect(io).revokeOffice({ params: { id }, key: randomUUID(), body: {} })),
    );
}

async function list(query: { unit?: string; person?: string; at?: string }, io: Io): Promise<void> {
  const items = await everyPage((after) =>
    connect(io).listOffices({ query: { limit: 200, ...query, ...(after && { after }) } }),
  );
  const rows = items.map((each) => [
    officeName(each.office, io),
    who(each, io),
    each.unit?.name ?? '',
    `${day(each.from)} – ${each.to ? day(each.to) : ''}`,
    each.grant,
  ]);
  io.show(table(rows), items);
}
