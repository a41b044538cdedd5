import { existsSync, writeFileSync } from 'node:fs';
import { isCivilDate } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { Stop } from '../cli/exit.js';
import { refuseFolder } from '../cli/input.js';
import type { Io } from '../cli/io.js';
import { today } from '../cli/when.js';
import { campaignYaml } from './campaign-yaml.js';
import { connect, isSignedIn } from './connect.js';
import { everyPage } from './pages.js';
import { readUnits, type UnitRow } from './units-sheet.js';

export interface InitOptions {
  like?: string;
  units?: string;
  out: string;
}

interface Answers {
  title: string;
  procedure: string;
  level: string;
  ownerUnit: string;
  plan: string;
  decision: string;
  date: string;
  head: string;
  secretary: string;
}

/** Writes a commented campaign file: from questions, from an earlier campaign, or from a sheet of units and teams. */
export async function init(options: InitOptions, io: Io): Promise<void> {
  const { like, units: sheet, out } = options;
  refuseTarget(out);
  const units = sheet === undefined ? undefined : await readUnits(sheet);
  const document = like === undefined ? await drafted(units, io) : await likeEarlier(like, units, io);
  const head = io.say(
    like === undefined
      ? { vi: 'Cuộc giám sát: sửa tệp này', en: 'A campaign: edit this file' }
      : {
          vi: `Theo mẫu cuộc giám sát ${like}: sửa số, ngày, đơn vị`,
          en: `After campaign ${like}: change numbers, dates, units`,
        },
  );
  const next = `giamsat campaign check ${out} && giamsat campaign rehearse ${out}`;
  writeFileSync(out, campaignYaml(`${head}\n${next}`, document, io), { flag: 'wx' });
  io.show(
    io.say({
      vi: `Đã viết ${out}. Tiếp: giamsat campaign check ${out}`,
      en: `Wrote ${out}. Next: giamsat campaign check ${out}`,
    }),
    { file: out },
  );
}

function refuseTarget(out: string): void {
  if (existsSync(out))
    throw new Stop('refused', {
      vi: `Tệp ${out} đã có; chọn tên khác bằng --out.`,
      en: `${out} exists; choose another name with --out.`,
    });
  refuseFolder(out);
}

type Draft = Record<string, unknown> & { teams?: unknown };

async function likeEarlier(id: string, units: UnitRow[] | undefined, io: Io): Promise<Draft> {
  const { document } = await connect(io).getDraft({ params: { id } });
  return units ? { ...document, ...subjectsOf(units, PLACEHOLDER, document.teams) } : document;
}

async function drafted(units: UnitRow[] | undefined, io: Io): Promise<Draft> {
  const known = await directory(io);
  const answers = io.isTerminal ? await ask(known, io) : defaults(known);
  const { plan, decision, date, head, secretary, ...rest } = answers;
  const { compiled } = procedureLibrary().getProcedure(answers.procedure)!;
  const has = (step: string): boolean => compiled.steps.some(({ id }) => id === step);
  const rows = units ?? known?.unitsOf(answers.ownerUnit) ?? [];
  const subjects = subjectsOf(rows.length > 0 ? rows : [{ unit: 'MA-DON-VI', team: TEAM }], { head, secretary });
  return {
    ...rest,
    year: Number(date.slice(0, 4)),
    ...(has('programme-approved') && { programme: { date } }),
    plan: { number: plan, date },
    ...(has('team-formed') && { decision: { number: decision, date } }),
    ...(Object.values(compiled.offices).includes('team')
      ? subjects
      : { ...subjects, teams: undefined, subjects: subjects.subjects.map(({ team: _, ...row }) => row) }),
  };
}

const TEAM = 'Doan-1';
/** Where nobody is asked and no server knows: to be replaced, which `campaign check` says at its place. */
const PLACEHOLDER = { head: 'truong-doan', secretary: 'thu-ky' };

interface Directory {
  owner: string | undefined;
  /** the units right below, all in one team */
  unitsOf(owner: string): UnitRow[];
}

/** What the server knows of units; null for whoever is not signed in or plans nothing. */
async function directory(io: Io): Promise<Directory | null> {
  if (!isSignedIn(io)) return null;
  try {
    const client = connect(io);
    const { offices } = await client.me();
    const units = await everyPage((after) => client.listUnits({ query: { limit: 200, ...(after && { after }) } }));
    return {
      owner: offices.map(({ unit }) => unit?.symbol).find((symbol) => symbol != null),
      unitsOf: (owner) => {
        const parent = units.find(({ symbol }) => symbol === owner)?.id;
        const below = units.filter((unit) => unit.parent === parent && parent !== undefined);
        return below.map(({ id, symbol }) => ({ unit: symbol ?? id, team: TEAM }));
      },
    };
  } catch {
    return null;
  }
}

const defaults = (known: Directory | null): Answers => ({
  title: 'Giám sát chuyên đề',
  procedure: 'vn-party-supervision@2026',
  level: 'province',
  ownerUnit: known?.owner ?? 'TU',
  plan: '01-KH/TU',
  decision: '02-QĐ/TU',
  date: today(),
  ...PLACEHOLDER,
});

async function ask(known: Directory | null, io: Io): Promise<Answers> {
  const { input, select } = await import('@inquirer/prompts');
  const given = defaults(known);
  const text = (vi: string, en: string, byDefault: string): Promise<string> =>
    input({ message: io.say({ vi, en }), default: byDefault });
  const title = await text('Tên cuộc giám sát', 'Title', given.title);
  const procedure = await select({
    message: io.say({ vi: 'Quy trình', en: 'Procedure' }),
    choices: procedureLibrary()
      .listProcedures()
      .map(({ compiled, source }) => ({ value: `${compiled.id}@${compiled.version}`, name: io.say(source) })),
    default: given.procedure,
  });
  const { compiled, source } = procedureLibrary().getProcedure(procedure)!;
  const hasTeams = Object.values(compiled.offices).includes('team');
  return {
    title,
    procedure,
    level: await select({
      message: io.say({ vi: 'Cấp giám sát', en: 'Level' }),
      choices: compiled.levels.map((level) => ({ value: level, name: io.say(words(source).level(level)) })),
      default: given.level,
    }),
    ownerUnit: await text('Mã đơn vị chủ trì', 'Code of the owning unit', given.ownerUnit),
    plan: await text('Số kế hoạch', 'Number of the plan', given.plan),
    decision: hasTeams ? await text('Số quyết định', 'Number of the decision', given.decision) : given.decision,
    date: await input({
      message: io.say({ vi: 'Ngày kế hoạch (YYYY-MM-DD)', en: 'Date of the plan (YYYY-MM-DD)' }),
      default: given.date,
      validate: (date) => isCivilDate(date) || io.say({ vi: 'Không phải ngày có thật', en: 'No such day' }),
    }),
    head: hasTeams ? await text('Trưởng đoàn (tên đăng nhập)', 'Head of the team (login)', given.head) : given.head,
    secretary: hasTeams
      ? await text('Thư ký đoàn (tên đăng nhập)', 'Secretary of the team (login)', given.secretary)
      : given.secretary,
  };
}

/** Teams keep their people where the campaign names them already. */
function subjectsOf(rows: UnitRow[], { head, secretary }: typeof PLACEHOLDER, known: unknown = []) {
  const named = known as { id: string }[];
  const teams = [...new Set(rows.map(({ team }) => team))];
  const waves = [...new Set(rows.map(({ wave = 1 }) => wave))].toSorted((a, b) => a - b);
  return {
    teams: teams.map((id) => named.find((team) => team.id === id) ?? { id, head, secretary, members: [] }),
    ...(waves.length > 1 && { waves: waves.map((wave) => ({ wave, from: today() })) }),
    subjects: rows,
  };
}
