import { basename } from 'node:path';
import { ProblemError, type ResponseOf } from '@giamsat/contracts/http';
import { addDays, isWorkingDay, type CaseView, type CompiledCalendar } from '@giamsat/procedure';
import { compileCalendar, describeDay, readCalendar, type CalendarSource } from '@giamsat/procedure/source';
import type { Command } from 'commander';
import { readText } from '../cli/input.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { dayName, shipped } from '../offline/days.js';
import { connect, isSignedIn } from './connect.js';
import { campaignMovement } from './movement.js';
import { namesOf } from './names.js';
import { everyPage } from './pages.js';

interface PreviewOptions {
  campaign?: string;
}

export function register(calendar: Command, io: Io): void {
  calendar
    .command('preview')
    .argument('<file>')
    .description(
      io.say({
        vi: 'Một tệp lịch mới đổi những ngày nào, và dời thời hạn nào của các hồ sơ đang mở',
        en: 'Which days a changed calendar file changes, and which deadlines of open cases it would move',
      }),
    )
    .option('--campaign <id>', io.say({ vi: 'chỉ một cuộc giám sát', en: 'of one campaign only' }))
    .addHelpText(
      'after',
      '\n  giamsat calendar preview vn-2027.yaml\n  giamsat calendar preview vn-2027.yaml --campaign 0198…\n  giamsat campaign act 0198… applyCalendar --set file=@vn-2027.yaml',
    )
    .action((file: string, options: PreviewOptions) => preview(file, options, io));
}

/** The days need no server; the deadlines are asked of it, for whoever is signed in. */
async function preview(file: string, { campaign }: PreviewOptions, io: Io): Promise<void> {
  const text = readText(file);
  const next = readCalendar(text, basename(file));
  const days = changedDays(next);
  const asked = campaign !== undefined || isSignedIn(io);
  const campaigns = asked ? await movedIn(text, next.id, campaign, io) : [];
  const moved = campaigns.length === 0 ? [noneOfMine(io)] : campaigns.flatMap((each) => lines(each, file, io));
  io.show([...dayLines(days, io), '', ...(asked ? moved : [signIn(io)])], {
    ...days,
    campaigns: asked ? campaigns : null,
  });
}

const noneOfMine = (io: Io): string =>
  io.say({
    vi: 'Không có cuộc giám sát đang mở nào của bạn dùng lịch này.',
    en: 'No open campaign of yours runs on this calendar.',
  });

const signIn = (io: Io): string =>
  io.say({
    vi: 'Đăng nhập (giamsat login) để xem thời hạn của những hồ sơ đang mở sẽ dời.',
    en: 'Sign in (giamsat login) to see which deadlines of open cases would move.',
  });

function changedDays(next: CalendarSource) {
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
  const revision = { from: now.revision, to: next.revision };
  return { calendar: next.id, revision, announcedTo: then.announcedTo, settled, moved };
}

function dayLines({ moved, settled, announcedTo }: ReturnType<typeof changedDays>, io: Io): string[] {
  const work = (worked: boolean): string =>
    io.say(worked ? { vi: 'làm việc', en: 'worked' } : { vi: 'nghỉ', en: 'off' });
  return [
    ...table(
      moved.map(({ date, before, after }) => [
        day(date),
        `${work(before.worked)} → ${work(after.worked)}`,
        dayName(after, io),
      ]),
    ),
    io.say({
      vi: `${moved.length} ngày thay đổi; ${settled} ngày trước chưa công bố nay đã công bố (đến ${day(announcedTo)}).`,
      en: `${moved.length} days change; ${settled} days that were open are now announced (to ${day(announcedTo)}).`,
    }),
  ];
}

interface InCampaign {
  id: string;
  title: string;
  procedure: string;
  /** null: it is not for the reader to change this campaign's calendar, and `refused` says why */
  moved: ResponseOf<'previewCampaign'> | null;
  refused: ProblemError['problem'] | null;
}

/** In every campaign of the reader that runs on this calendar. */
async function movedIn(file: string, calendar: string, only: string | undefined, io: Io): Promise<InCampaign[]> {
  const client = connect(io);
  const ids =
    only === undefined
      ? (await everyPage((after) => client.listCampaigns({ query: { limit: 200, ...(after && { after }) } })))
          .filter(({ status }) => status === 'running' || status === 'suspended')
          .map(({ id }) => id)
      : [only];
  const found: InCampaign[] = [];
  for (const id of ids) {
    const { title, procedure, stream } = await client.getCampaign({ params: { id } });
    if (only === undefined && calendarOf(stream?.view as CaseView | undefined) !== calendar) continue;
    const body = { type: 'applyCalendar', file } as const;
    const answer = await client.previewCampaign({ params: { id }, body }).catch((error: unknown) => {
      if (error instanceof ProblemError && only === undefined && error.problem.status === 409) return error.problem;
      throw error;
    });
    const moved = 'cases' in answer ? answer : null;
    found.push({ id, title, procedure, moved, refused: 'cases' in answer ? null : answer });
  }
  return found;
}

const calendarOf = (view: CaseView | undefined): string | undefined => {
  const applied = view?.events.findLast(({ type }) => type === 'opened' || type === 'calendarApplied');
  return applied && 'calendar' in applied.data ? applied.data.calendar.id : undefined;
};

function lines({ id, title, procedure, moved, refused }: InCampaign, file: string, io: Io): string[] {
  if (refused) return [title, `  ${io.say(refused.titles)}`];
  return [
    title,
    ...campaignMovement(moved!, namesOf(procedure, io), io),
    io.say({ vi: '  Áp dụng', en: '  To apply it' }) + `: giamsat campaign act ${id} applyCalendar --set file=@${file}`,
  ];
}
