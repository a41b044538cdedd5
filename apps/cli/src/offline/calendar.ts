import { addDays, isWorkingDay } from '@giamsat/procedure';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { register as registerPreview } from '../client/calendar-preview.js';
import { daysOf, shipped, span } from './days.js';
import { due, type DueOptions } from './due.js';

export function register(program: Command, io: Io): void {
  const calendar = program
    .command('calendar')
    .description(io.say({ vi: 'Lịch làm việc và cách tính hạn', en: 'Working calendars and how a term is counted' }));
  calendar
    .command('due')
    .description(io.say({ vi: 'Tính một thời hạn và nói rõ vì sao', en: 'Count a term, and say why' }))
    .requiredOption('--after <date>', io.say({ vi: '2023-07-11 hoặc 11/07/2023', en: '2023-07-11 or 11/07/2023' }))
    .requiredOption('--rule <rule>', '"10 wd" · "30 cd" · "6 months"')
    .option('--calendar <id>', 'VN · US-federal', 'VN')
    .addHelpText(
      'after',
      '\n  giamsat calendar due --after 2023-07-11 --rule "10 wd"\n  giamsat calendar due --after 16/01/2026 --rule "30 cd" --json\n  giamsat calendar due --after 2026-06-01 --rule "15 wd" --calendar US-federal',
    )
    .action((options: DueOptions) => due(options, io));
  calendar
    .command('show')
    .argument('<year>')
    .option('--calendar <id>', 'VN · US-federal', 'VN')
    .description(
      io.say({
        vi: 'Các ngày nghỉ, nghỉ bù, hoán đổi, làm bù của một năm',
        en: 'Days off, substitute, swapped and make-up days of a year',
      }),
    )
    .addHelpText('after', '\n  giamsat calendar show 2026\n  giamsat calendar show 2027 --json')
    .action((year: string, options: { calendar: string }) => show(year, options.calendar, io));
  registerPreview(calendar, io);
}

const KIND = {
  holiday: { vi: 'nghỉ lễ', en: 'holiday' },
  substitute: { vi: 'nghỉ bù', en: 'substitute' },
  swapped: { vi: 'hoán đổi', en: 'swapped' },
  'make-up': { vi: 'làm bù', en: 'make-up' },
  half: { vi: 'nửa ngày', en: 'half day' },
  own: { vi: 'nghỉ riêng', en: 'own' },
};

function show(year: string, id: string, io: Io): void {
  if (!/^\d{4}$/.test(year))
    throw new Stop('usage', { vi: `Năm ${year}: viết bốn chữ số.`, en: `Year ${year}: four digits.` });
  const { source, compiled } = shipped(id);
  const days = daysOf(source, (date) => date.startsWith(year));
  let worked = 0;
  for (let date = `${year}-01-01`; date.startsWith(year); date = addDays(date, 1))
    if (isWorkingDay(compiled, date)) worked++;
  const isSettled = `${year}-01-01` >= compiled.from && `${year}-12-31` <= compiled.announcedTo;
  const rows = days.map(({ dates, kind, status, text }) => [
    span(dates),
    io.say(KIND[kind]) + (status === 'proposed' ? io.say({ vi: ', đề xuất', en: ', proposed' }) : ''),
    io.say(text),
  ]);
  const known = io.say({
    vi: `lịch công bố từ ${day(compiled.from)} đến ${day(compiled.announcedTo)}`,
    en: `the calendar is announced from ${day(compiled.from)} to ${day(compiled.announcedTo)}`,
  });
  io.show(
    [
      ...table(rows),
      io.say({ vi: `${worked} ngày làm việc`, en: `${worked} working days` }) +
        (isSettled ? '.' : io.say({ vi: `, tạm tính: ${known}.`, en: `, provisional: ${known}.` })),
    ],
    { year, worked, provisional: !isSettled, days },
  );
}
