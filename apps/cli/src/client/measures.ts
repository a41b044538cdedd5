import { randomUUID } from 'node:crypto';
import type { ResponseOf } from '@giamsat/contracts/http';
import type { Command } from 'commander';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { connect } from './connect.js';
import { namesOf, status } from './names.js';
import { untilAnswered } from './until-answered.js';

type Owed = ResponseOf<'listOwedMeasures'>['items'][number];

export function register(program: Command, io: Io): void {
  const group = program.command('measure').description(
    io.say({
      vi: 'Việc khắc phục đơn vị tôi phải làm trong hồ sơ của đơn vị khác',
      en: 'Measures my unit owes in the case of another unit',
    }),
  );
  group
    .command('list')
    .description(io.say({ vi: 'Việc phải làm và thời hạn', en: 'What is owed, and until when' }))
    .addHelpText('after', '\n  giamsat measure list')
    .action(async () => {
      const { items } = await connect(io).listOwedMeasures();
      const none = io.say({ vi: 'Không có việc nào.', en: 'Nothing is owed.' });
      io.show(items.length === 0 ? none : items.flatMap((item) => lines(item, io)), items);
    });
  group
    .command('report')
    .argument('<case>')
    .argument('<measure>')
    .option('--as <office>', io.say({ vi: 'với chức trách nào', en: 'in which office' }))
    .description(io.say({ vi: 'Báo cáo đã thực hiện', en: 'Report that it is done' }))
    .addHelpText('after', '\n  giamsat measure report 0198… 0199…')
    .action(async (id: string, measure: string, { as }: { as?: string }) => {
      const client = connect(io);
      const call = { params: { id, measure }, key: randomUUID(), body: { ...(as && { capacity: as }) } };
      const answer = await untilAnswered(call.key, () => client.reportMeasure(call));
      io.show(io.say({ vi: `Đã ghi, mục ${answer.seq}.`, en: `Recorded, entry ${answer.seq}.` }), answer);
    });
}

function lines(owed: Owed, io: Io): string[] {
  const { case: id, measure, title, procedure, unit, step, status: of, due, text, open } = owed;
  return [
    ...table([[due ? day(due) : '', namesOf(procedure, io).step(step), status(of, io), unit.name, title]]),
    ...(text ? [`    ${text}`] : []),
    ...(open ? [`    giamsat measure report ${id} ${measure}`] : []),
  ];
}
