import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { addDays, isWorkingDay, type CompiledCalendar } from '@giamsat/procedure';
import { compileCalendar, describeDay, readCalendar } from '@giamsat/procedure/source';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { dayName, daysOf, shipped, span } from './days.js';
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
  calendar
    .command('preview')
    .argument('<file>')
    .description(
      io.say({
        vi: 'Một tệp lịch mới đổi những ngày nào so với lịch đang dùng',
        en: 'Which days a changed calendar file changes against the one in use',
      }),
    )
    .addHelpText('after', '\n  giamsat calendar preview vn-2027.yaml')
    .action((file: string) => preview(file, io));
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

function preview(file: string, io: Io): void {
  const next = readCalendar(readFileSync(file, 'utf8'), basename(file));
  const { source: now, compiled } = shipped(next.id);
  const then = compileCalendar(next);
  const to = then.announcedTo > compiled.announcedTo ? then.announcedTo : compiled.announcedTo;
  const isOpen = ({ announcedTo, proposed }: CompiledCalendar, date: string): boolean =>
    date > announcedTo || proposed.includes(date);
  const moved = [];
  let settled = 0;
  for (let date = compiled.from; date <= to; date = addDays(date, 1)) {
    if (isOpen(compiled, date) && !isOpen(then, date)) settled++;
    if (isWorkingDay(compiled, date) === isWorkingDay(then, date)) continue;
    moved.push({ date, before: describeDay(now, date), after: describeDay(next, date) });
  }
  const work = (worked: boolean): string =>
    io.say(worked ? { vi: 'làm việc', en: 'worked' } : { vi: 'nghỉ', en: 'off' });
  io.show(
    [
      ...table(
        moved.map(({ date, before, after }) => [
          day(date),
          `${work(before.worked)} → ${work(after.worked)}`,
          dayName(after, io),
        ]),
      ),
      io.say({
        vi: `${moved.length} ngày thay đổi; ${settled} ngày trước chưa công bố nay đã công bố (đến ${day(then.announcedTo)}).`,
        en: `${moved.length} days change; ${settled} days that were open are now announced (to ${day(then.announcedTo)}).`,
      }),
    ],
    { calendar: next.id, revision: { from: now.revision, to: next.revision }, settled, moved },
  );
}
