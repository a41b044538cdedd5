import { existsSync, writeFileSync } from 'node:fs';
import { isCivilDate } from '@giamsat/procedure';
import { procedureLibrary, words } from '@giamsat/procedure/source';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { today } from '../cli/when.js';
import { campaignYaml } from './campaign-yaml.js';
import { connect } from './connect.js';
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
}

/** Writes a commented campaign file: from questions, from an earlier campaign, or from a sheet of units and teams. */
export async function init(options: InitOptions, io: Io): Promise<void> {
  if (existsSync(options.out))
    throw new Stop('refused', {
      vi: `Tệp ${options.out} đã có; chọn tên khác bằng --out.`,
      en: `${options.out} exists; choose another name with --out.`,
    });
  const units = options.units === undefined ? undefined : await readUnits(options.units);
  const earlier = options.like === undefined ? undefined : await documentOf(options.like, io);
  const asked = earlier ?? documentFrom(io.isTerminal ? await ask(io) : defaults());
  const document = units ? { ...asked, ...subjectsOf(units, asked.teams) } : asked;
  const head = io.say(
    earlier
      ? {
          vi: `Theo mẫu cuộc giám sát ${options.like}: sửa số, ngày, đơn vị`,
          en: `After campaign ${options.like}: change numbers, dates, units`,
        }
      : { vi: 'Cuộc giám sát: sửa tệp này', en: 'A campaign: edit this file' },
  );
  const next = `giamsat campaign check ${options.out} && giamsat campaign rehearse ${options.out}`;
  writeFileSync(options.out, campaignYaml(`${head}\n${next}`, document, io), { flag: 'wx' });
  io.show(
    io.say({
      vi: `Đã viết ${options.out}. Tiếp: giamsat campaign check ${options.out}`,
      en: `Wrote ${options.out}. Next: giamsat campaign check ${options.out}`,
    }),
    { file: options.out },
  );
}

type Draft = Record<string, unknown> & { teams?: unknown };

const documentOf = async (id: string, io: Io): Promise<Draft> =>
  (await connect(io).getDraft({ params: { id } })).document;

const defaults = (): Answers => ({
  title: 'Giám sát chuyên đề',
  procedure: 'vn-party-supervision@2026',
  level: 'province',
  ownerUnit: 'TU',
  plan: '01-KH/TU',
  decision: '02-QĐ/TU',
  date: today(),
});

async function ask(io: Io): Promise<Answers> {
  const { input, select } = await import('@inquirer/prompts');
  const given = defaults();
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
    decision: await text('Số quyết định', 'Number of the decision', given.decision),
    date: await input({
      message: io.say({ vi: 'Ngày kế hoạch (YYYY-MM-DD)', en: 'Date of the plan (YYYY-MM-DD)' }),
      default: given.date,
      validate: (date) => isCivilDate(date) || io.say({ vi: 'Không phải ngày có thật', en: 'No such day' }),
    }),
  };
}

const documentFrom = ({ plan, decision, date, ...rest }: Answers): Draft => ({
  ...rest,
  year: Number(date.slice(0, 4)),
  programme: { date },
  plan: { number: plan, date },
  decision: { number: decision, date },
  ...subjectsOf([{ unit: 'MA-DON-VI', team: 'Doan-1' }]),
});

/** Teams keep their people where the campaign names them already. */
function subjectsOf(rows: UnitRow[], known: unknown = []) {
  const named = known as { id: string }[];
  const teams = [...new Set(rows.map(({ team }) => team))];
  const waves = [...new Set(rows.map(({ wave = 1 }) => wave))].toSorted((a, b) => a - b);
  return {
    teams: teams.map(
      (id) => named.find((team) => team.id === id) ?? { id, head: 'truong-doan', secretary: 'thu-ky', members: [] },
    ),
    ...(waves.length > 1 && { waves: waves.map((wave) => ({ wave, from: today() })) }),
    subjects: rows,
  };
}
