import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  count,
  isCivilDate,
  isWorkingDay,
  nextWorkingDay,
  addDays,
  type CompiledCalendar,
  type Counted,
  type Span,
} from '@giamsat/procedure';
import {
  compileCalendar,
  describeDay,
  FileProblems,
  procedureLibrary,
  readCalendar,
  type CalendarSource,
  type DayDescription,
} from '@giamsat/procedure/source';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { problemLines } from './problems.js';

const RULE = /^(\d{1,3})\s*(wd|cd|months|nlv|ngày|tháng)$/;
const UNITS: Record<string, Span['unit']> = {
  wd: 'wd',
  nlv: 'wd',
  cd: 'cd',
  ngày: 'cd',
  months: 'months',
  tháng: 'months',
};

export function register(program: Command, io: Io): void {
  const calendar = program
    .command('calendar')
    .description(io.say({ vi: 'Lịch làm việc và cách tính hạn', en: 'Working calendars and how a term is counted' }));
  calendar
    .command('due')
    .description(io.say({ vi: 'Tính một thời hạn và nói rõ vì sao', en: 'Count a term, and say why' }))
    .requiredOption('--after <date>', 'YYYY-MM-DD')
    .requiredOption('--rule <rule>', '"10 wd" · "30 cd" · "6 months"')
    .option('--calendar <id>', 'VN, US-federal', 'VN')
    .addHelpText(
      'after',
      '\n  giamsat calendar due --after 2023-07-11 --rule "10 wd"\n  giamsat calendar due --after 2026-01-16 --rule "30 cd" --json',
    )
    .action((options: { after: string; rule: string; calendar: string }) => due(options, io));
  calendar
    .command('show')
    .argument('<year>')
    .option('--calendar <id>', 'VN, US-federal', 'VN')
    .description(
      io.say({
        vi: 'Các ngày nghỉ, nghỉ bù, hoán đổi, làm bù của một năm',
        en: 'Days off, substitute, swapped and make-up days of a year',
      }),
    )
    .addHelpText('after', '\n  giamsat calendar show 2026')
    .action((year: string, options: { calendar: string }) => show(year, options.calendar, io));
  calendar
    .command('preview')
    .argument('<file>')
    .description(
      io.say({
        vi: 'So một tệp lịch mới với lịch đang dùng',
        en: 'Compare a changed calendar file with the one in use',
      }),
    )
    .addHelpText('after', '\n  giamsat calendar preview vn-2027.yaml')
    .action((file: string) => preview(file, io));
}

function shipped(id: string): { source: CalendarSource; compiled: CompiledCalendar } {
  const found = procedureLibrary().getCalendar(id);
  const known = procedureLibrary()
    .listCalendars()
    .map(({ source }) => source.id)
    .join(', ');
  if (!found)
    throw new Stop('usage', { vi: `Không có lịch ${id}; có: ${known}`, en: `No calendar ${id}; there are: ${known}` });
  return found;
}

function due({ after, rule, calendar }: { after: string; rule: string; calendar: string }, io: Io): void {
  if (!isCivilDate(after))
    throw new Stop('usage', {
      vi: `--after ${after}: không phải ngày có thật; viết YYYY-MM-DD, ví dụ 2023-07-11`,
      en: `--after ${after}: no such day; write YYYY-MM-DD, e.g. 2023-07-11`,
    });
  const [, n, unit] = RULE.exec(rule.trim()) ?? [];
  if (!n || !unit)
    throw new Stop('usage', {
      vi: `--rule "${rule}": viết số và đơn vị, ví dụ "10 wd" (ngày làm việc), "30 cd" (ngày), "6 months" (tháng)`,
      en: `--rule "${rule}": a number and a unit, e.g. "10 wd", "30 cd", "6 months"`,
    });
  const { source, compiled } = shipped(calendar);
  const span: Span = { n: Number(n), unit: UNITS[unit]! };
  const counted = count(compiled, span, after, []);
  io.show(derivation(span, after, counted, source, io), {
    after,
    rule: span,
    calendar: `${compiled.id} r${compiled.revision}`,
    ...counted,
  });
}

function derivation(span: Span, after: string, counted: Counted, source: CalendarSource, io: Io): string[] {
  const unit = {
    wd: { vi: 'ngày làm việc', en: 'working days' },
    cd: { vi: 'ngày', en: 'calendar days' },
    months: { vi: 'tháng', en: 'months' },
    s: { vi: 'giây', en: 'seconds' },
  }[span.unit];
  const reasons = counted.skipped
    .map(({ date }) => describeDay(source, date))
    .map((each) => `  ${day(each.date)}  ${dayWords(each, io)}`);
  return [
    io.say({
      vi: `${span.n} ${unit.vi} sau ${day(after)}: ${day(counted.due)}`,
      en: `${span.n} ${unit.en} after ${day(after)}: ${day(counted.due)}`,
    }),
    io.say({
      vi: `Ngày ${day(after)} không tính; ngày thứ nhất là ${day(addDays(after, 1))} (BLDS 2015, Điều 147).`,
      en: `${day(after)} itself is not counted; day one is ${day(addDays(after, 1))} (Civil Code 2015 art. 147).`,
    }),
    ...(reasons.length > 0 ? [io.say({ vi: 'Những ngày không tính:', en: 'Days left out:' }), ...reasons] : []),
    ...(counted.rolledFrom
      ? [
          io.say({
            vi: `Ngày cuối ${day(counted.rolledFrom)} là ngày nghỉ, hạn kết thúc vào ngày làm việc tiếp theo (Điều 148).`,
            en: `The last day ${day(counted.rolledFrom)} is not worked, so the term ends with the next working day (art. 148).`,
          }),
        ]
      : []),
    ...(counted.provisional
      ? [
          io.say({
            vi: 'Tạm tính: có ngày chưa được công bố trong lịch.',
            en: 'Provisional: some days are not announced yet.',
          }),
        ]
      : []),
  ];
}

function show(year: string, id: string, io: Io): void {
  if (!/^\d{4}$/.test(year))
    throw new Stop('usage', { vi: `Năm ${year}: viết bốn chữ số`, en: `Year ${year}: four digits` });
  const { source, compiled } = shipped(id);
  const days = Object.keys(compiled.days)
    .filter((date) => date.startsWith(year))
    .sort();
  const proposed = source.days
    .filter(({ status }) => status === 'proposed')
    .flatMap(({ on }) => on)
    .filter((date) => date.startsWith(year));
  let worked = 0;
  for (let date = `${year}-01-01`; date.startsWith(year); date = addDays(date, 1))
    if (isWorkingDay(compiled, date)) worked++;
  const rows = days.map((date) => {
    const each = describeDay(source, date);
    return [day(date), dayWords(each, io)];
  });
  const notes =
    proposed.length > 0
      ? [
          io.say({
            vi: `Mới đề xuất, chưa công bố: ${proposed.map(day).join(', ')}`,
            en: `Proposed, not announced: ${proposed.map(day).join(', ')}`,
          }),
        ]
      : [];
  io.show(
    [
      ...table(rows),
      ...notes,
      io.say({
        vi: `${worked} ngày làm việc (công bố đến ${day(compiled.announcedTo)})`,
        en: `${worked} working days (announced to ${day(compiled.announcedTo)})`,
      }),
    ],
    { year, worked, days: days.map((date) => describeDay(source, date)), proposed },
  );
}

function preview(file: string, io: Io): void {
  const next = compileCalendar(parse(file));
  const { compiled: now } = shipped(next.id);
  const moved = [];
  for (let date = now.from; date <= next.announcedTo; date = addDays(date, 1))
    if (isWorkingDay(now, date) !== isWorkingDay(next, date))
      moved.push({
        date,
        before: isWorkingDay(now, date),
        after: isWorkingDay(next, date),
        next: nextWorkingDay(next, date),
      });
  const word = (works: boolean): string => io.say(works ? { vi: 'làm việc', en: 'worked' } : { vi: 'nghỉ', en: 'off' });
  io.show(
    moved.length === 0
      ? io.say({ vi: 'Không ngày nào thay đổi.', en: 'No day changes.' })
      : table(moved.map(({ date, before, after }) => [day(date), word(before), '→', word(after)])),
    moved,
  );
}

function parse(file: string): CalendarSource {
  try {
    return readCalendar(readFileSync(file, 'utf8'), basename(file));
  } catch (error) {
    if (!(error instanceof FileProblems)) throw error;
    throw new Stop(
      'usage',
      { vi: `${error.problems.length} chỗ chưa đúng:`, en: `${error.problems.length} mistakes:` },
      problemLines(error),
      error.problems,
    );
  }
}

/** Name, source and evidence of a day, as the table has them. */
function dayWords({ name, entries }: DayDescription, io: Io): string {
  const from = entries.find(({ counted }) => counted);
  return from ? `${io.say(name)} — ${from.source} [${from.evidence}]` : io.say(name);
}
