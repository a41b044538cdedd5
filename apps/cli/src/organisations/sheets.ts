import { randomUUID } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { ResponseOf } from '@giamsat/contracts/http';
import { Option, type Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { readInput, writeOutput } from '../cli/input.js';
import { table, type Io } from '../cli/io.js';
import { connect } from '../client/connect.js';

export function registerSheets(org: Command, io: Io): void {
  org
    .command('import')
    .argument('<file>')
    .description(
      io.say({
        vi: 'Nhập đơn vị, cán bộ, chức trách từ XLSX hoặc CSV: tất cả hoặc không gì cả',
        en: 'Import units, people and offices from XLSX or CSV: all of it or nothing',
      }),
    )
    .option('--preview', io.say({ vi: 'chỉ xem trước', en: 'say what would happen, write nothing' }))
    .addOption(
      new Option(
        '--on-conflict <choice>',
        io.say({ vi: 'khi trong sổ đã có và khác', en: 'when an entry is there and differs' }),
      )
        .choices(['stop', 'skip', 'update'])
        .default('stop'),
    )
    .option(
      '--choose <cell=choice>',
      io.say({
        vi: 'riêng cho một ô: skip hoặc update (ghi được nhiều lần)',
        en: 'for one cell: skip or update (repeatable)',
      }),
      (given: string, before: string[]) => [...before, given],
      [] as string[],
    )
    .addHelpText(
      'after',
      "\n  giamsat org import units.xlsx --preview\n  giamsat org import units.xlsx --on-conflict update\n  giamsat org import units.xlsx --on-conflict update --choose 'Người!A3=skip'",
    )
    .action((file: string, options: Importing) => importFile(file, options, io));
  org
    .command('export')
    .description(io.say({ vi: 'Xuất đơn vị, cán bộ, chức trách', en: 'Export units, people and offices' }))
    .requiredOption('--to <file>', io.say({ vi: 'tệp .xlsx hoặc .csv', en: 'a file .xlsx or .csv' }))
    .addOption(
      new Option('--sheet <sheet>', io.say({ vi: 'bảng nào vào CSV', en: 'which sheet goes into a CSV' }))
        .choices(['units', 'people'])
        .default('units'),
    )
    .option('--at <date>', io.say({ vi: 'vào ngày', en: 'as of this day' }))
    .addHelpText('after', '\n  giamsat org export --to units.xlsx\n  giamsat org export --to people.csv --sheet people')
    .action((options: { to: string; sheet: 'units' | 'people'; at?: string }) => exportFile(options, io));
}

interface Importing {
  preview?: boolean;
  onConflict: 'stop' | 'skip' | 'update';
  choose: string[];
}

async function importFile(file: string, { preview = false, onConflict, choose }: Importing, io: Io) {
  const choices = Object.fromEntries(choose.map(choiceOf));
  const body = { name: basename(file), data: readInput(file).toString('base64'), onConflict, choices, preview };
  const answer = await connect(io).importRegister({ key: randomUUID(), body });
  io.show(importPage(answer, io), answer);
  const stops = answer.mistakes.length + answer.conflicts.length;
  if (preview && stops > 0)
    throw new Stop('refused', {
      vi: `Còn ${stops} chỗ phải xử lý; chưa có gì được ghi.`,
      en: `${stops} places to put right; nothing was written.`,
    });
}

function choiceOf(given: string): [string, 'skip' | 'update'] {
  const [, cell, choice] = /^(.+)=(skip|update)$/.exec(given) ?? [];
  if (cell && choice) return [cell, choice as 'skip' | 'update'];
  throw new Stop('usage', {
    vi: `--choose ${given}: viết Ô=skip hoặc Ô=update, ví dụ 'Người!A3=skip'`,
    en: `--choose ${given}: write CELL=skip or CELL=update, such as 'Người!A3=skip'`,
  });
}

const DOES = {
  add: { vi: 'thêm', en: 'add' },
  change: { vi: 'sửa', en: 'change' },
  same: { vi: 'giữ nguyên', en: 'same' },
  skip: { vi: 'bỏ qua', en: 'skip' },
};
const KIND = {
  unit: { vi: 'đơn vị', en: 'unit' },
  person: { vi: 'cán bộ', en: 'person' },
  office: { vi: 'chức trách', en: 'office' },
};

function importPage({ acts, conflicts, mistakes, rows, written }: ResponseOf<'importRegister'>, io: Io): string[] {
  const told = acts.filter(({ does }) => does !== 'same');
  const places = (found: typeof mistakes): string[] =>
    found.map(({ path, message }) => `  ${path}: ${io.say(message)}`);
  const same = acts.length - told.length;
  return [
    ...table(
      told.map(({ at, kind, does, subject, fields }) => [
        at,
        io.say(DOES[does]),
        io.say(KIND[kind]),
        subject,
        fields.join(', '),
      ]),
    ),
    ...(conflicts.length > 0
      ? [io.say({ vi: 'Khác với sổ:', en: 'Differs from the register:' }), ...places(conflicts)]
      : []),
    ...(mistakes.length > 0 ? [io.say({ vi: 'Chưa đúng:', en: 'Mistakes:' }), ...places(mistakes)] : []),
    io.say({
      vi: `${rows} dòng, ${acts.length} mục: ${told.length} thay đổi, ${same} giữ nguyên. ${written ? 'Đã ghi tất cả.' : 'Chưa ghi gì.'}`,
      en: `${rows} rows, ${acts.length} entries: ${told.length} changed, ${same} the same. ${written ? 'All of it is written.' : 'Nothing is written.'}`,
    }),
  ];
}

async function exportFile(
  { to, sheet, at }: { to: string; sheet: 'units' | 'people'; at?: string },
  io: Io,
): Promise<void> {
  const format = { '.xlsx': 'xlsx', '.csv': 'csv' }[extname(to).toLowerCase()] as 'xlsx' | 'csv' | undefined;
  if (!format)
    throw new Stop('usage', {
      vi: `${to}: tên tệp phải là .xlsx hoặc .csv`,
      en: `${to}: the file has to be .xlsx or .csv`,
    });
  const { data } = await connect(io).exportRegister({ query: { format, sheet, ...(at && { at }) } });
  const bytes = Buffer.from(data, 'base64');
  writeOutput(to, bytes);
  io.show(io.say({ vi: `Đã ghi ${to} (${bytes.length} byte).`, en: `Wrote ${to} (${bytes.length} bytes).` }), {
    to,
    bytes: bytes.length,
  });
}
