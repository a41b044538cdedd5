import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { act, actOptions, type ActOptions } from './act.js';
import { casePage } from './case-page.js';
import { connect } from './connect.js';
import { proposalLines, register as registerCorrections } from './corrections.js';
import { register as registerHistory } from './history.js';
import { namesOf, officeName } from './names.js';
import { everyPage } from './pages.js';
import { register as registerRestore } from './restore.js';

export function register(program: Command, io: Io): void {
  const group = program
    .command('case')
    .description(io.say({ vi: 'Hồ sơ giám sát của một đơn vị', en: 'The case of one unit' }));
  group
    .command('show')
    .argument('<id>')
    .description(
      io.say({ vi: 'Các bước, thời hạn và vì sao, việc được làm', en: 'Steps, deadlines and why, what may be done' }),
    )
    .option('--why', io.say({ vi: 'kèm lý do của từng thời hạn', en: 'with the reasons of each deadline' }))
    .addHelpText('after', '\n  giamsat case show 0198… --why')
    .action((id: string, options: { why?: boolean }) => show(id, options, io));
  actOptions(
    group
      .command('act')
      .argument('<id>')
      .argument('<command>', 'submitStep, completeStep, returnStep, requestExtension …'),
    io,
  )
    .description(io.say({ vi: 'Làm một việc trên hồ sơ', en: 'Do something to a case' }))
    .addHelpText(
      'after',
      '\n  giamsat case act 0198… submitStep --step self-report\n  giamsat case act 0198… completeStep --step self-report --outcome accepted\n  giamsat case act 0198… requestExtension --step self-report --set \'span={"n":3,"unit":"wd"}\' reason="…"\n  giamsat case act 0198… correctEntry --set entry=19 \'replace={"dates":{"received":"2026-08-14"}}\' reason="…"',
    )
    .action((id: string, type: string, options: ActOptions) => act('case', id, type, options, io));
  registerHistory(group, 'case', io);
  registerCorrections(group, 'case', io);
  group
    .command('access')
    .argument('<id>')
    .description(
      io.say({
        vi: 'Ai đã xem hồ sơ, ai bị từ chối (với người kiểm tra hồ sơ: của mọi người)',
        en: 'Who read the case, who was turned away (to whoever audits it: of everybody)',
      }),
    )
    .addHelpText('after', '\n  giamsat case access 0198…')
    .action((id: string) => access(id, io));
  registerRestore(group, 'case', io);
}

async function show(id: string, { why = false }: { why?: boolean }, io: Io): Promise<void> {
  const client = connect(io);
  const found = await client.getCase({ params: { id } });
  const { items: corrections } = await client.listCaseCorrections({ params: { id } });
  const proposed = proposalLines('case', id, corrections, namesOf(found.procedure, io), io);
  io.show([...casePage(found, why, io), ...proposed], { ...found, corrections });
}

const ACCESS = {
  read: { vi: 'đã xem', en: 'read' },
  denied: { vi: 'không được vào', en: 'turned away' },
  refused: { vi: 'bị từ chối', en: 'refused' },
};

async function access(id: string, io: Io): Promise<void> {
  const client = connect(io);
  const items = await everyPage((after) =>
    client.listCaseAccess({ params: { id }, query: { limit: 200, ...(after && { after }) } }),
  );
  const lines = items.map(({ at, person, capacity, act: what, outcome, code }) => [
    day(at),
    person.name,
    officeName(capacity, io),
    what,
    io.say(ACCESS[outcome]),
    code ?? '',
  ]);
  io.show(table(lines), items);
}
