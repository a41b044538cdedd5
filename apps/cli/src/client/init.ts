import { existsSync, writeFileSync } from 'node:fs';
import { procedureLibrary } from '@giamsat/procedure/source';
import { stringify } from 'yaml';
import { Stop } from '../cli/exit.js';
import type { Io } from '../cli/io.js';
import { connect } from './connect.js';

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
  const text = options.like
    ? await like(options.like, io)
    : fileOf(io.isTerminal ? await ask(io) : DEFAULTS, await subjectsFrom(options.units));
  writeFileSync(options.out, text, { flag: 'wx' });
  io.show(
    io.say({
      vi: `Đã viết ${options.out}. Tiếp: giamsat campaign check ${options.out}`,
      en: `Wrote ${options.out}. Next: giamsat campaign check ${options.out}`,
    }),
    { file: options.out },
  );
}

const DEFAULTS: Answers = {
  title: 'Giám sát chuyên đề',
  procedure: 'vn-party-supervision@2026',
  level: 'province',
  ownerUnit: 'TU',
  plan: '01-KH/TU',
  decision: '02-QĐ/TU',
  date: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
};

async function ask(io: Io): Promise<Answers> {
  const { input, select } = await import('@inquirer/prompts');
  const text = (vi: string, en: string, byDefault: string): Promise<string> =>
    input({ message: io.say({ vi, en }), default: byDefault });
  return {
    title: await text('Tên cuộc giám sát', 'Title', DEFAULTS.title),
    procedure: await select({
      message: io.say({ vi: 'Quy trình', en: 'Procedure' }),
      choices: procedureLibrary()
        .listProcedures()
        .map(({ compiled, source }) => ({ value: `${compiled.id}@${compiled.version}`, name: io.say(source) })),
      default: DEFAULTS.procedure,
    }),
    level: await text('Cấp giám sát (central, province, district, base)', 'Level', DEFAULTS.level),
    ownerUnit: await text('Mã đơn vị chủ trì', 'Symbol of the owning unit', DEFAULTS.ownerUnit),
    plan: await text('Số kế hoạch', 'Number of the plan', DEFAULTS.plan),
    decision: await text('Số quyết định', 'Number of the decision', DEFAULTS.decision),
    date: await text('Ngày kế hoạch (YYYY-MM-DD)', 'Date of the plan (YYYY-MM-DD)', DEFAULTS.date),
  };
}

interface Row {
  unit: string;
  team: string;
}

/** First sheet, first row headings: `unit`, `team`. Every bad row is named with its cell. */
async function subjectsFrom(file: string | undefined): Promise<Row[]> {
  if (!file) return [{ unit: 'MA-DON-VI', team: 'Doan-1' }];
  const { readSheet } = await import('read-excel-file/node');
  const [head = [], ...rows] = await readSheet(file);
  const column = (name: string): number => head.findIndex((cell) => String(cell).trim().toLowerCase() === name);
  const [unit, team] = [column('unit'), column('team')];
  if (unit < 0)
    throw new Stop('usage', {
      vi: `${file}: dòng đầu phải có cột "unit" (và "team")`,
      en: `${file}: the first row needs a column "unit" (and "team")`,
    });
  const bad = rows.flatMap((row, i) =>
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(String(row[unit] ?? ''))
      ? []
      : [`  ${String.fromCharCode(65 + unit)}${i + 2}: "${String(row[unit] ?? '')}"`],
  );
  if (bad.length > 0)
    throw new Stop('usage', { vi: `${file}: mã đơn vị chưa đúng:`, en: `${file}: these are no unit symbols:` }, bad);
  return rows.map((row) => ({ unit: String(row[unit]), team: team < 0 || !row[team] ? 'Doan-1' : String(row[team]) }));
}

function fileOf(answers: Answers, subjects: Row[]): string {
  const teams = [...new Set(subjects.map(({ team }) => team))];
  return `# Cuộc giám sát: sửa tệp này, rồi chạy  giamsat campaign check  và  giamsat campaign rehearse
title: ${JSON.stringify(answers.title)}
# quy trình và phiên bản: xem  giamsat procedure list
procedure: ${answers.procedure}
# cấp của cấp ủy giám sát: central | province | district | base
level: ${answers.level}
year: ${answers.date.slice(0, 4)}
# mã của đơn vị chủ trì
ownerUnit: ${answers.ownerUnit}
programme: { date: ${answers.date} }
plan:
  number: ${answers.plan}
  date: ${answers.date}
  # ngày kế hoạch giao cho đơn vị: thời hạn bắt buộc; by = chậm nhất ngày đó, before = trước ngày đó
  # dates: { self-report: { on: ${answers.date}, kind: by } }
decision: { number: ${answers.decision}, date: ${answers.date} }
# người: tên đăng nhập
teams:
${teams.map((team) => `  - { id: ${team}, head: truong-doan, secretary: thu-ky, members: [] }`).join('\n')}
# mỗi dòng một đơn vị được giám sát
subjects:
${subjects.map(({ unit, team }) => `  - { unit: ${unit}, team: ${team} }`).join('\n')}
`;
}

async function like(id: string, io: Io): Promise<string> {
  const { document } = await connect(io).getDraft({ params: { id } });
  return `# Theo mẫu cuộc giám sát ${id}: sửa số, ngày, đơn vị rồi chạy  giamsat campaign check\n${stringify(document)}`;
}
