import type { RehearsalReport } from '@giamsat/procedure';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { namesOf } from './names.js';

/** What the ids of a report stand for. */
interface Called {
  person(id: string): string;
  unit(id: string): string;
}

/** As many lines of a list as a person reads. */
const MOST = 20;

/** A rehearsal to read: load by week, letters per head, the weeks around Tết, notices that reach nobody. */
export function rehearsalPage(report: RehearsalReport, procedure: string, called: Called, io: Io): string[] {
  const names = namesOf(procedure, io);
  const weeks = report.weeks.map(({ week, acts, notices }) => [
    day(week),
    Object.entries(acts)
      .map(([party, n]) => `${names.party(party)} ${n}`)
      .join(', '),
    notices === 0 ? '' : io.say({ vi: `${notices} thư`, en: `${notices} letters` }),
  ]);
  const letters = Object.entries(report.letters).sort(([, a], [, b]) => b - a);
  const holidays = report.nearHolidays.map(
    ({ unit, step, due }) => `  ${day(due)} ${names.step(step)} (${called.unit(unit)})`,
  );
  const unreached = report.unreached.map(
    ({ unit, step, rung, office }) => `  ${rung} ${names.step(step)}: ${names.office(office)} (${called.unit(unit)})`,
  );
  const section = (title: { vi: string; en: string }, lines: string[]): string[] =>
    lines.length === 0 ? [] : ['', io.say(title), ...cut([...new Set(lines)], io)];
  return [
    io.say({
      vi: `${report.closed}/${report.cases} hồ sơ đi đến cùng, hồ sơ cuối vào ${day(report.endsOn?.slice(0, 10))}; ${report.late} lần quá hạn.`,
      en: `${report.closed} of ${report.cases} cases come to their end, the last on ${day(report.endsOn?.slice(0, 10))}; overdue ${report.late} times.`,
    }),
    '',
    io.say({ vi: 'Việc theo tuần:', en: 'Load by week:' }),
    ...table(weeks),
    ...section(
      { vi: 'Thư theo người:', en: 'Letters per head:' },
      table(letters.map(([person, n]) => [`  ${called.person(person)}`, String(n)])),
    ),
    ...section({ vi: 'Hạn rơi vào tuần nghỉ dài (Tết):', en: 'Deadlines around a long holiday:' }, holidays),
    ...section({ vi: 'Lần nhắc không đến ai:', en: 'Notices that reach nobody:' }, unreached),
    ...(report.provisional > 0
      ? [
          '',
          io.say({
            vi: `${report.provisional} thời hạn tạm tính: lịch chưa công bố.`,
            en: `${report.provisional} deadlines are provisional: the calendar is not announced.`,
          }),
        ]
      : []),
    '',
  ];
}

function cut(lines: string[], io: Io): string[] {
  const more = lines.length - MOST;
  if (more <= 0) return lines;
  return [
    ...lines.slice(0, MOST),
    io.say({ vi: `  … và ${more} dòng nữa (--json)`, en: `  … and ${more} more (--json)` }),
  ];
}
