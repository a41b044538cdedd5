import type { CaseEvent, CaseView } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { chronicle } from '@giamsat/procedure/words';
import { Stop } from '../cli/exit.js';
import { table, type Io } from '../cli/io.js';
import { day, today } from '../cli/when.js';
import { baseUrl } from '../client/connect.js';
import { close, launch, subjectsOf } from '../demo/campaign.js';
import { Cast } from '../demo/cast.js';
import { DRILL } from '../demo/people.js';
import { hasClimbed, Player, type Role } from './script.js';

/** A whole cycle fits into this; one that does not has a fault, and says so. */
const LIMIT_MS = 175_000;
const LOOK_MS = 500;
const PROCEDURE = 'drill@1';
const ROLES = ['on-time', 'late', 'extended'] as const satisfies Role[];
const ROLE: Record<Role, { vi: string; en: string }> = {
  'on-time': { vi: 'đúng hạn', en: 'on time' },
  late: { vi: 'quá hạn, bị nhắc, lên cấp', en: 'late, reminded, escalated' },
  extended: { vi: 'được gia hạn, văn bản đến muộn', en: 'extended, its paper came late' },
};
const SHOWN = new Set<CaseEvent['type']>([
  'stepSubmitted',
  'stepCompleted',
  'extensionRequested',
  'extensionDecided',
  'overdueBegan',
  'rungDue',
  'rungUnfounded',
  'measureRecorded',
  'measureJudged',
  'caseEnded',
]);

/** Three units through the whole procedure in seconds, live: reminders, an escalation, an extension, a late paper. */
export async function drill(io: Io): Promise<void> {
  const cast = new Cast(baseUrl(io.env));
  const now = new Date().toISOString();
  const title = `${io.say({ vi: 'Diễn tập', en: 'Drill' })} ${day(now)}`;
  io.err(
    io.say({
      vi: `${title}: ba đơn vị đi hết quy trình, mỗi ngày là một giây.`,
      en: `${title}: three units go through the whole procedure, a day is a second.`,
    }),
  );
  const { id, cases } = await launch(cast, documentOf(title, now), CREW);
  const started = Date.now();
  const acts = DRILL.units.map(({ symbol, login, name }, i) => {
    const player = new Player(cast, cases.get(symbol)!, login, ROLES[i]!);
    return { name, player, role: ROLES[i]!, log: new Log(cast, player.caseId, name, io) };
  });
  await playToTheEnd(acts, started, io);
  await close(cast, id);
  const seconds = Math.round((Date.now() - started) / 1000);
  io.show(
    [
      '',
      ...table([HEAD.map((word) => io.say(word)), ...acts.map(({ name, role, log }) => log.summary(name, role))]),
      '',
      io.say({
        vi: `Xong trong ${seconds} giây, cuộc diễn tập đã kết thúc. Xem lại (tài khoản coordinator):`,
        en: `Done in ${seconds} s, and the campaign is closed. To look again (as coordinator):`,
      }),
      `  giamsat campaign summary ${id}`,
      ...acts.map(({ player }) => `  giamsat case history ${player.caseId}`),
    ],
    { id, seconds, cases: acts.map(({ player, role, log }) => ({ caseId: player.caseId, role, ...log.figures() })) },
  );
}

const CREW = { clerk: 'dt-van-thu', coordinator: 'coordinator' };
const documentOf = (title: string, now: string) => ({
  title,
  procedure: PROCEDURE,
  level: 'province',
  year: Number(today().slice(0, 4)),
  ownerUnit: DRILL.symbol,
  programme: { date: now },
  plan: { number: '01-KH/DT', date: now },
  decision: { number: '02-QĐ/DT', date: now },
  teams: [{ id: 'Doan-DT', head: 'dt-truong-doan', secretary: 'dt-thu-ky', members: ['dt-thanh-vien'] }],
  subjects: subjectsOf(DRILL.units, 'Doan-DT'),
});

interface Act {
  player: Player;
  log: Log;
}

/** Looks twice a second; each look is at most one act of each unit. */
async function playToTheEnd(acts: Act[], started: number, io: Io): Promise<void> {
  for (let open = acts; open.length > 0;) {
    if (Date.now() - started > LIMIT_MS)
      throw new Stop('refused', {
        vi: 'Diễn tập không xong trong ba phút.',
        en: 'The drill did not end within three minutes.',
      });
    const ended = await Promise.all(open.map(({ player }) => player.turn()));
    const lines = (await Promise.all(open.map(({ log }) => log.fresh()))).flat();
    for (const { at, text } of lines.sort((a, b) => (a.at < b.at ? -1 : 1))) io.err(`${clock(at)}  ${text}`);
    open = open.filter((_, i) => !ended[i]);
    if (open.length > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const HEAD = [
  { vi: 'Đơn vị', en: 'Unit' },
  { vi: 'Vai', en: 'Part' },
  { vi: 'Lần nhắc', en: 'Notices' },
  { vi: 'Lần ghi quá hạn', en: 'Noted overdue' },
  { vi: 'Lên cấp', en: 'Escalated' },
  { vi: 'Gia hạn', en: 'Extended' },
  { vi: 'Nhắc không còn căn cứ', en: 'Taken back' },
];

/** What comes anew into the record of one case, in sentences. */
class Log {
  private events: CaseEvent[] = [];
  private readonly say = words(procedureLibrary().getProcedure(PROCEDURE)!.source);

  constructor(
    private readonly cast: Cast,
    private readonly caseId: string,
    private readonly unit: string,
    private readonly io: Io,
  ) {}

  async fresh(): Promise<{ at: string; text: string }[]> {
    const found = await (await this.cast.as(CREW.clerk)).getCase({ params: { id: this.caseId } });
    const seen = this.events.length;
    this.events = (found.view as CaseView).events;
    const told = chronicle(this.events, {
      words: this.say,
      zone: procedureLibrary().getCalendar('VN')!.compiled.zone,
      lang: this.io.lang,
      names: found.people,
      texts: found.texts,
    });
    return told
      .slice(seen)
      .filter((_, i) => SHOWN.has(this.events[seen + i]!.type))
      .map(({ at, sentence }) => ({ at, text: `${this.unit}  ${sentence}` }));
  }

  figures(): Record<'notices' | 'overdue' | 'escalated' | 'extended' | 'takenBack', number> {
    const count = (type: CaseEvent['type']): number => this.events.filter((event) => event.type === type).length;
    return {
      notices: count('rungDue'),
      overdue: count('overdueBegan'),
      escalated: this.events.filter((event) => event.type === 'rungDue' && hasClimbed(event.data)).length,
      extended: this.events.filter((event) => event.type === 'extensionDecided' && event.data.granted).length,
      takenBack: count('rungUnfounded'),
    };
  }

  summary(name: string, role: Role): string[] {
    return [name, this.io.say(ROLE[role]), ...Object.values(this.figures()).map(String)];
  }
}

/** The time of day alone. */
const clock = (at: string): string => day(at).split(' ')[0]!;
