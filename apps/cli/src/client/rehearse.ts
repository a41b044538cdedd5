import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { CampaignDocument, ResponseOf } from '@giamsat/contracts/http';
import { instantAt, plannedOpening, rehearse, type Behaviour, type Opening } from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { day, today } from '../cli/when.js';
import { readCampaignFile } from './campaign-file.js';
import { connect } from './connect.js';
import { namesOf } from './names.js';
import { rehearsalPage } from './rehearsal-page.js';

export interface RehearseOptions {
  behaviour: string;
  days: string;
  seed: string;
  from?: string;
  last?: boolean;
}

type Kept = ResponseOf<'getRehearsal'>;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Plays a campaign to its end with the core that will run it: that of a file here, that of an id on the server. */
export async function rehearseCampaign(which: string, options: RehearseOptions, io: Io): Promise<void> {
  const behaviour = behaviourOf(options);
  if (UUID.test(which) && !existsSync(which)) return rehearseStored(which, behaviour, options, io);
  if (options.last)
    throw new Stop('usage', {
      vi: '--last cần mã cuộc giám sát: báo cáo được giữ trên máy chủ, không theo tệp.',
      en: '--last needs the id of a campaign: reports are kept on the server, not with a file.',
    });
  return rehearseFile(which, behaviour, options.from ?? today(), io);
}

/** The server keeps the report with the revision it belongs to. */
async function rehearseStored(
  id: string,
  behaviour: Behaviour,
  { from, last }: RehearseOptions,
  io: Io,
): Promise<void> {
  const client = connect(io);
  const { procedure, rehearsal } = await client.getCampaign({ params: { id } });
  if (last && !rehearsal)
    throw new Stop('notFound', {
      vi: `Kế hoạch này chưa diễn tập: giamsat campaign rehearse ${id}`,
      en: `This plan has not been rehearsed: giamsat campaign rehearse ${id}`,
    });
  const kept = last
    ? await client.getRehearsal({ params: { id, rehearsal: rehearsal!.id } })
    : await client.rehearseCampaign({ params: { id }, body: { behaviour, ...(from && { from }) } });
  const called = {
    person: (of: string) => kept.people[of] ?? of,
    unit: (of: string) => kept.units[of]?.name ?? of,
  };
  io.show([...rehearsalPage(kept.report, procedure, called, io), rehearsedWhen(kept, io)], kept);
}

/** Of which plan it is, and whether the plan is still that one. */
export function rehearsedWhen(
  { version, hash, fresh, behaviour, at, by }: Pick<Kept, 'version' | 'hash' | 'fresh' | 'behaviour' | 'at' | 'by'>,
  io: Io,
): string {
  const revision = `${version} (${hash.slice(0, 12)})`;
  const how = `${behaviour.kind}${behaviour.kind === 'late' ? ` ${behaviour.days}` : behaviour.kind === 'random' ? ` ${behaviour.seed}` : ''}`;
  const state = fresh
    ? { vi: 'còn đúng với kế hoạch', en: 'fresh' }
    : { vi: 'ĐÃ CŨ: kế hoạch đã sửa, hãy diễn tập lại', en: 'STALE: the plan has changed, rehearse it again' };
  return io.say({
    vi: `Diễn tập bản ${revision}, ${how}, ${by.name}, ${day(at)}: ${state.vi}.`,
    en: `Rehearsal of revision ${revision}, ${how}, ${by.name}, ${day(at)}: ${state.en}.`,
  });
}

/** Writes nothing anywhere and needs no server; what only the server knows (who holds which office) is taken as held. */
async function rehearseFile(file: string, behaviour: Behaviour, from: string, io: Io): Promise<void> {
  const { document } = await readCampaignFile(file, io, { offline: true });
  const report = play(document, behaviour, from);
  const revision = createHash('sha256').update(JSON.stringify(document)).digest('hex').slice(0, 12);
  const { office } = namesOf(document.procedure, io);
  const person = (id: string): string => {
    // a login as it is, an office by its name, with the unit it is of
    const [name = '', unit] = id.split(' ');
    return [office(name), unit].filter(Boolean).join(' · ');
  };
  const page = rehearsalPage(report, document.procedure, { person, unit: (unit) => unit }, io);
  const belongs = io.say({
    vi: `Diễn tập của bản kế hoạch ${revision}: sửa tệp thì phải diễn tập lại. Chức trách tệp không nêu tên coi như có người giữ; điều kiện triển khai sẽ kiểm tra.`,
    en: `This rehearsal belongs to revision ${revision}: a changed file needs a new one. An office the file names nobody for is taken as held; the launch gate checks it.`,
  });
  io.show([...page, belongs], { revision, ...report });
}

function play(document: CampaignDocument, behaviour: Behaviour, from: string) {
  const procedure = procedureLibrary().getProcedure(document.procedure)!.compiled;
  const calendar = procedureLibrary().getCalendar(document.calendar ?? procedure.calendar)!.compiled;
  return rehearse({
    procedure,
    calendar,
    // its place in the file is the case's id: a unit may stand there twice
    openings: document.subjects.map(({ unit, kind, wave, team }, i) =>
      plannedOpening(document, { caseId: String(i), unit, kind, wave }, team),
    ),
    start: ({ subject }) => {
      const wave = document.waves.find((each) => each.wave === subject?.wave)?.from ?? from;
      return instantAt(wave > from ? wave : from, calendar.workdayStart, calendar.zone);
    },
    behaviour,
    findings: 4,
    holder: (office, opening) => holderOf(document, office, opening),
  });
}

/** As the file says: members of the team, offices it names, otherwise the office of the unit or the committee itself. */
function holderOf(document: CampaignDocument, office: string, { subject: of }: Opening): string {
  const named = document.offices.find((each) => each.office === office)?.person;
  if (named) return named;
  const subject = document.subjects[Number(of?.caseId)];
  const team = document.teams.find(({ id }) => id === subject?.team);
  if (office === 'team-head') return team?.head ?? office;
  if (office === 'team-secretary') return team?.secretary ?? office;
  if (office === 'team-deputy') return team?.deputies[0] ?? office;
  if (office === 'area-officer') return subject?.areaOfficer ?? office;
  if (office.startsWith('unit-'))
    return subject?.[office === 'unit-head' ? 'head' : 'contact'] ?? `${office} ${subject?.unit}`;
  return office;
}

function behaviourOf({ behaviour, days, seed }: RehearseOptions): Behaviour {
  const isRight = /^([1-9]|[1-5]\d|60)$/.test(days) && /^\d{1,9}$/.test(seed);
  if (isRight && behaviour === 'on-time') return { kind: 'on-time' };
  if (isRight && behaviour === 'late') return { kind: 'late', days: Number(days) };
  if (isRight && behaviour === 'random') return { kind: 'random', seed: Number(seed) };
  throw new Stop('usage', {
    vi: '--behaviour là on-time, late (kèm --days từ 1 đến 60) hoặc random (kèm --seed, một số từ 0)',
    en: '--behaviour is on-time, late (with --days from 1 to 60) or random (with --seed, a number from 0)',
  });
}
