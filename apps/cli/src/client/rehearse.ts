import { createHash } from 'node:crypto';
import {
  fromMs,
  instantAt,
  isCivilDate,
  rehearse,
  type Behaviour,
  type Opening,
  type RehearsalReport,
} from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { readCampaignFile, type CampaignFile } from './campaign-file.js';
import { namesOf } from './names.js';

export interface RehearseOptions {
  behaviour: string;
  days: string;
  seed: string;
  from?: string;
}

/** Plays the campaign of a file to its end with the core that will run it; writes nothing anywhere. */
export async function rehearseFile(file: string, options: RehearseOptions, io: Io): Promise<void> {
  const campaign = await readCampaignFile(file, io, { offline: true });
  const report = play(campaign, options);
  const revision = createHash('sha256').update(JSON.stringify(campaign.document)).digest('hex').slice(0, 12);
  const names = namesOf(campaign.document.procedure, io);
  const weeks = report.weeks.map(({ week, acts, notices }) => [
    day(week),
    Object.entries(acts)
      .map(([party, n]) => `${names.party(party)} ${n}`)
      .join(', '),
    notices === 0 ? '' : io.say({ vi: `${notices} thư`, en: `${notices} letters` }),
  ]);
  const most = Object.entries(report.letters)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 10);
  io.show(
    [
      io.say({
        vi: `${report.closed}/${report.cases} hồ sơ đi đến cùng, hồ sơ cuối vào ${day(report.endsOn?.slice(0, 10))}; ${report.late} lần quá hạn.`,
        en: `${report.closed} of ${report.cases} cases come to their end, the last on ${day(report.endsOn?.slice(0, 10))}; overdue ${report.late} times.`,
      }),
      '',
      io.say({ vi: 'Việc theo tuần:', en: 'Load by week:' }),
      ...table(weeks),
      '',
      io.say({ vi: 'Thư theo người:', en: 'Letters per head:' }),
      ...table(most.map(([person, n]) => [`  ${headOf(person, names)}`, String(n)])),
      ...section(
        io.say({ vi: 'Hạn rơi vào tuần nghỉ dài (Tết):', en: 'Deadlines around a long holiday:' }),
        report.nearHolidays.map(({ caseId, step, due }) => `  ${day(due)} ${names.step(step)} (${caseId})`),
      ),
      ...section(
        io.say({ vi: 'Lần nhắc không đến ai:', en: 'Notices that reach nobody:' }),
        report.unreached.map(
          ({ caseId, step, rung, office }) => `  ${rung} ${names.step(step)}: ${names.office(office)} (${caseId})`,
        ),
      ),
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
      io.say({
        vi: `Diễn tập của bản kế hoạch ${revision}: sửa tệp thì phải diễn tập lại. Chức trách tệp không nêu tên coi như có người giữ; điều kiện triển khai sẽ kiểm tra.`,
        en: `This rehearsal belongs to revision ${revision}: a changed file needs a new one. An office the file names nobody for is taken as held; the launch gate checks it.`,
      }),
    ],
    { revision, ...report },
  );
}

/** A login as it is, an office by its name, with the unit it is of. */
function headOf(person: string, { office }: ReturnType<typeof namesOf>): string {
  const [id = '', unit] = person.split(' ');
  return [office(id), unit].filter(Boolean).join(' · ');
}

const section = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...[...new Set(lines)].slice(0, 20)];

function play({ document }: CampaignFile, options: RehearseOptions): RehearsalReport {
  const procedure = procedureLibrary().getProcedure(document.procedure)!.compiled;
  const calendar = procedureLibrary().getCalendar(document.calendar ?? procedure.calendar)!.compiled;
  if (options.from !== undefined && !isCivilDate(options.from))
    throw new Stop('usage', {
      vi: `--from ${options.from}: không phải ngày có thật; viết YYYY-MM-DD`,
      en: `--from ${options.from}: no such day; write YYYY-MM-DD`,
    });
  const start = options.from ? instantAt(options.from, '09:00', calendar.zone) : fromMs(Date.now());
  return rehearse({
    procedure,
    calendar,
    openings: document.subjects.map(({ unit, kind, wave }, i) =>
      openingOf(document, { caseId: unit, unit, kind, wave }, i),
    ),
    start,
    behaviour: behaviourOf(options),
    findings: 4,
    holder: (office, opening) => holderOf(document, office, opening),
  });
}

function openingOf(document: CampaignDocument, subject: NonNullable<Opening['subject']>, index: number): Opening {
  const formed = document.decision?.date ?? document.plan.date;
  return {
    scope: 'case',
    campaign: 'rehearsal',
    subject,
    level: document.level,
    year: document.year,
    quarter: document.quarter,
    mandate: {
      'programme-approved': {
        outcome: 'approved',
        dates: { document: document.programme?.date ?? document.plan.date },
      },
      'plan-issued': { outcome: 'issued', dates: { document: document.plan.date } },
      'team-formed': { outcome: 'issued', dates: { document: formed } },
    },
    planDates: document.plan.dates,
    sessions: document.plan.sessions,
    team: document.subjects[index]?.team,
    historical: false,
  };
}
type CampaignDocument = CampaignFile['document'];

/** As the file says: members of the team, offices it names, otherwise the office of the unit or the committee itself. */
function holderOf(document: CampaignDocument, office: string, opening: Opening): string | null {
  const named = document.offices.find((each) => each.office === office)?.person;
  if (named) return named;
  const subject = document.subjects.find(({ unit }) => unit === opening.subject?.unit);
  const team = document.teams.find(({ id }) => id === subject?.team);
  if (office === 'team-head') return team?.head ?? null;
  if (office === 'team-secretary') return team?.secretary ?? null;
  if (office === 'team-deputy') return team?.deputies[0] ?? null;
  if (office === 'area-officer') return subject?.areaOfficer ?? office;
  if (office.startsWith('unit-'))
    return subject?.[office === 'unit-head' ? 'head' : 'contact'] ?? `${office} ${subject?.unit}`;
  return office;
}

function behaviourOf({ behaviour, days, seed }: RehearseOptions): Behaviour {
  if (behaviour === 'on-time') return { kind: 'on-time' };
  if (behaviour === 'late' && /^\d+$/.test(days)) return { kind: 'late', days: Number(days) };
  if (behaviour === 'random' && /^\d+$/.test(seed)) return { kind: 'random', seed: Number(seed) };
  throw new Stop('usage', {
    vi: '--behaviour là on-time, late (kèm --days) hoặc random (kèm --seed)',
    en: '--behaviour is on-time, late (with --days) or random (with --seed)',
  });
}
