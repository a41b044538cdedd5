import type { CaseEvent, CaseView } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { chronicle } from '@giamsat/procedure/words';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { baseUrl } from '../client/connect.js';
import { Cast } from '../demo/acts.js';
import { launch, subjectsOf } from '../demo/campaign.js';
import { COMMUNES } from '../demo/people.js';
import { Player, type Role } from './script.js';

/** A whole cycle fits into this; one that does not has a fault, and says so. */
const LIMIT_MS = 175_000;
const ROLES: Role[] = ['on-time', 'late', 'extended'];
const SHOWN = new Set<CaseEvent['type']>([
  'stepSubmitted',
  'stepCompleted',
  'stepReturned',
  'extensionRequested',
  'extensionDecided',
  'overdueBegan',
  'rungDue',
  'rungUnfounded',
  'noticeEnded',
  'measureRecorded',
  'measureJudged',
  'caseEnded',
]);

/** Three units through the whole procedure in seconds, live: reminders, an escalation, an extension, a late paper. */
export async function drill(io: Io): Promise<void> {
  const cast = new Cast(baseUrl(io.env));
  const units = COMMUNES.slice(0, 3);
  const now = (): string => new Date().toISOString();
  const title = `${io.say({ vi: 'Diễn tập', en: 'Drill' })} ${new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')}`;
  io.err(
    io.say({
      vi: `${title}: ba đơn vị đi hết quy trình, mỗi ngày là một giây.`,
      en: `${title}: three units go through the whole procedure, a day is a second.`,
    }),
  );
  const { id, cases } = await launch(
    cast,
    {
      title,
      procedure: 'drill@1',
      level: 'province',
      year: Number(now().slice(0, 4)),
      ownerUnit: 'TU',
      programme: { date: now() },
      plan: { number: '01-KH/TU', date: now() },
      decision: { number: '02-QĐ/TU', date: now() },
      teams: [{ id: 'Doan-D', head: 'truong-doan', secretary: 'thu-ky', members: ['thanh-vien'] }],
      subjects: subjectsOf(units, 'Doan-D'),
    },
    now(),
  );
  const started = Date.now();
  const players = units.map(({ symbol, login, name }, i) => ({
    name,
    player: new Player(cast, cases.get(symbol)!, login, ROLES[i]!),
    role: ROLES[i]!,
  }));
  const logs = players.map(({ name, player }) => new Log(cast, player.caseId, name, io));
  let open = players;
  while (open.length > 0) {
    if (Date.now() - started > LIMIT_MS)
      throw new Stop('refused', {
        vi: 'Diễn tập không xong trong ba phút.',
        en: 'The drill did not end within three minutes.',
      });
    const ended = await Promise.all(open.map(({ player }) => player.turn()));
    await Promise.all(logs.map((log) => log.show()));
    open = open.filter((_, i) => !ended[i]);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await Promise.all(logs.map((log) => log.show()));
  const seconds = Math.round((Date.now() - started) / 1000);
  const rows = players.map(({ name, role, player }, i) => [
    name,
    ROLE[role][io.lang],
    logs[i]!.summary(),
    player.caseId,
  ]);
  io.show(
    [
      '',
      ...table(rows),
      '',
      io.say({
        vi: `Xong trong ${seconds} giây. Xem lại: giamsat campaign board ${id}; giamsat case history MÃ`,
        en: `Done in ${seconds} s. Look again: giamsat campaign board ${id}; giamsat case history ID`,
      }),
    ],
    { id, seconds, cases: players.map(({ player, role }) => ({ caseId: player.caseId, role })) },
  );
}

const ROLE: Record<Role, { vi: string; en: string }> = {
  'on-time': { vi: 'đúng hạn', en: 'on time' },
  late: { vi: 'quá hạn, bị nhắc, lên cấp', en: 'late, reminded, escalated' },
  extended: { vi: 'được gia hạn, văn bản đến muộn', en: 'extended, paper came late' },
};

/** New sentences of one case as they come. */
class Log {
  private seq = 0;
  private readonly counts = new Map<string, number>();
  private readonly say = words(procedureLibrary().getProcedure('drill@1')!.source);

  constructor(
    private readonly cast: Cast,
    private readonly caseId: string,
    private readonly unit: string,
    private readonly io: Io,
  ) {}

  async show(): Promise<void> {
    const found = await (await this.cast.as('van-thu')).getCase({ params: { id: this.caseId } });
    const fresh = (found.view as CaseView).events.filter(({ seq }) => seq > this.seq);
    const { zone } = procedureLibrary().getCalendar('VN')!.compiled;
    for (const { seq, at, sentence } of chronicle(fresh, {
      words: this.say,
      zone,
      lang: this.io.lang,
      names: found.people,
      texts: found.texts,
    })) {
      const event = fresh.find((each) => each.seq === seq)!;
      this.counts.set(event.type, (this.counts.get(event.type) ?? 0) + 1);
      if (SHOWN.has(event.type)) this.io.err(`${clock(at)}  ${this.unit.padEnd(26)}  ${sentence}`);
    }
    this.seq = fresh.at(-1)?.seq ?? this.seq;
  }

  summary(): string {
    const count = (type: string): number => this.counts.get(type) ?? 0;
    return this.io.say({
      vi: `nhắc ${count('rungDue')}, quá hạn ${count('overdueBegan')}, đính chính ${count('rungUnfounded')}`,
      en: `notices ${count('rungDue')}, overdue ${count('overdueBegan')}, taken back ${count('rungUnfounded')}`,
    });
  }
}

const clock = (at: string): string => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(11, 19);
