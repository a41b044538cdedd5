import { addDays, count, isWorkingDay, type Counted, type Span } from '@giamsat/procedure';
import { describeDay, type CalendarSource } from '@giamsat/procedure/source';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { spanWords } from './rule-words.js';
import { dayName, daysOf, shipped, span as rangeOf } from './days.js';

const UNITS: Record<string, Span['unit']> = {
  wd: 'wd',
  nlv: 'wd',
  'ngày làm việc': 'wd',
  'working days': 'wd',
  cd: 'cd',
  ngày: 'cd',
  days: 'cd',
  month: 'months',
  months: 'months',
  tháng: 'months',
};
/** The law behind the way of counting, by the calendar it is known for. */
const COUNTED_BY: Record<string, { first: { vi: string; en: string }; last: { vi: string; en: string } }> = {
  VN: {
    first: { vi: ' (Bộ luật Dân sự 2015, Điều 147)', en: ' (Civil Code 2015, art. 147)' },
    last: { vi: ' (Điều 148)', en: ' (art. 148)' },
  },
};

export interface DueOptions {
  after: string;
  rule: string;
  calendar: string;
}

/** Counts a term and says why, day by day. */
export function due(options: DueOptions, io: Io): void {
  const { after } = options;
  const span = spanOf(options.rule);
  const { source, compiled } = shipped(options.calendar);
  const counted = count(compiled, span, after, []);
  const end = counted.due ?? after;
  const left = counted.skipped.map(({ date }) => describeDay(source, date));
  const weekends = left.filter(({ entries }) => !entries.some((entry) => entry.counted));
  const holidays = left.filter((each) => !weekends.includes(each));
  const made = between(after, end)
    .filter((date) => compiled.days[date] === 'work' && isWorkingDay(compiled, date))
    .map((date) => describeDay(source, date));
  const open = counted.provisional ? openDays(source, after, end) : [];
  const cited = COUNTED_BY[compiled.id];
  const law = (which: 'first' | 'last'): string => (cited ? io.say(cited[which]) : '');
  io.show(
    [
      io.say({
        vi: `${spanWords(span, io)} sau ${day(after)}: ${day(end)}`,
        en: `${spanWords(span, io)} after ${day(after)}: ${day(end)}`,
      }),
      io.say({
        vi: `Ngày ${day(after)} không tính; ngày thứ nhất là ${day(addDays(after, 1))}${law('first')}.`,
        en: `${day(after)} itself is not counted; day one is ${day(addDays(after, 1))}${law('first')}.`,
      }),
      ...clamped(span, after, counted, io),
      ...section(
        { vi: 'Nghỉ hằng tuần, không tính:', en: 'Weekly days off, left out:' },
        weekends.length > 0 ? [`  ${weekends.map(({ date }) => day(date)).join(', ')}`] : [],
        io,
      ),
      ...section(
        { vi: 'Ngày nghỉ khác, không tính:', en: 'Other days off, left out:' },
        holidays.map((each) => `  ${day(each.date)}  ${dayName(each, io)}`),
        io,
      ),
      ...section(
        { vi: 'Ngày làm bù, có tính:', en: 'Make-up days, counted:' },
        made.map((each) => `  ${day(each.date)}  ${dayName(each, io)}`),
        io,
      ),
      ...(counted.rolledFrom
        ? [
            io.say({
              vi: `Ngày cuối ${day(counted.rolledFrom)} là ngày nghỉ, nên hạn là ngày làm việc tiếp theo${law('last')}.`,
              en: `The last day ${day(counted.rolledFrom)} is not worked, so the term ends with the next working day${law('last')}.`,
            }),
          ]
        : []),
      ...(counted.provisional ? provisional(source, after, end, open, io) : []),
    ],
    {
      after,
      rule: span,
      calendar: `${compiled.id} r${compiled.revision}`,
      ...counted,
      skipped: counted.skipped.map((each, i) => ({
        ...each,
        name: left[i]!.name,
        sources: left[i]!.entries.map(({ source: of }) => of),
      })),
      madeUp: made.map(({ date, name }) => ({ date, name })),
      mayChange: open,
    },
  );
}

function spanOf(text: string): Span {
  const [, n, word = ''] = /^(\d{1,4})\s*(\D+)$/.exec(text.normalize('NFC').trim().toLowerCase()) ?? [];
  const unit = UNITS[word.replace(/\s+/g, ' ')];
  if (n && unit) return { n: Number(n), unit };
  throw new Stop('usage', {
    vi: `--rule "${text}": viết số và đơn vị, ví dụ "10 wd" (ngày làm việc), "30 cd" (ngày), "6 months" (tháng)`,
    en: `--rule "${text}": a number and a unit, e.g. "10 wd" (working days), "30 cd" (calendar days), "6 months"`,
  });
}

function between(after: string, to: string): string[] {
  const days: string[] = [];
  for (let date = addDays(after, 1); date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}

const section = (title: { vi: string; en: string }, lines: string[], io: Io): string[] =>
  lines.length > 0 ? [io.say(title), ...lines] : [];

/** Six months after 31/8 is the last of February: said, because two people would differ. */
function clamped({ unit }: Span, after: string, { due: end, rolledFrom }: Counted, io: Io): string[] {
  const last = rolledFrom ?? end;
  if (unit !== 'months' || last === null || last.slice(8) === after.slice(8)) return [];
  return [
    io.say({
      vi: `Tháng ${last.slice(5, 7)}/${last.slice(0, 4)} không có ngày ${after.slice(8)}, nên lấy ngày cuối tháng: ${day(last)}.`,
      en: `${last.slice(5, 7)}/${last.slice(0, 4)} has no day ${after.slice(8)}, so its last day counts: ${day(last)}.`,
    }),
  ];
}

/** What an announcement could still change between the two days, as the table tells it. */
const openDays = (source: CalendarSource, after: string, to: string) =>
  daysOf(source, (date) => date > after && date <= addDays(to, 14)).filter(
    ({ status, dates }) => status === 'proposed' || dates.some((date) => date > source.announcedTo),
  );

function provisional(
  source: CalendarSource,
  after: string,
  to: string,
  open: ReturnType<typeof openDays>,
  io: Io,
): string[] {
  const why =
    after < source.from
      ? io.say({ vi: `lịch chỉ có từ ${day(source.from)}`, en: `the calendar begins on ${day(source.from)}` })
      : to > source.announcedTo
        ? io.say({
            vi: `lịch mới công bố đến ${day(source.announcedTo)}; sau đó chỉ trừ nghỉ hằng tuần`,
            en: `the calendar is announced to ${day(source.announcedTo)}; after that only weekly days off are left out`,
          })
        : io.say({ vi: 'có ngày mới chỉ được đề xuất', en: 'some days are only proposed' });
  return [
    io.say({ vi: `Tạm tính: ${why}.`, en: `Provisional: ${why}.` }),
    ...section(
      { vi: 'Có thể thay đổi nếu được công bố:', en: 'May change when announced:' },
      open.map(({ dates, text }) => `  ${rangeOf(dates)}  ${io.say(text)}`),
      io,
    ),
  ];
}
