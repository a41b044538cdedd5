import {
  compileProcedure,
  procedureLibrary,
  readProcedureFile,
  type ShippedProcedure,
} from '@giamsat/procedure/source';
import type { Command } from 'commander';
import { Stop } from '../cli/exit.js';
import { readInput } from '../cli/input.js';
import { table, type Io } from '../cli/io.js';
import { day } from '../cli/when.js';
import { procedurePage } from './procedure-page.js';

export function register(program: Command, io: Io): void {
  const procedure = program.command('procedure').description(io.say({ vi: 'Các quy trình', en: 'Procedures' }));
  procedure
    .command('list')
    .description(io.say({ vi: 'Các quy trình có sẵn', en: 'Procedures that are shipped' }))
    .addHelpText('after', '\n  giamsat procedure list')
    .action(() => list(io));
  procedure
    .command('show')
    .argument('<name>', 'id@version')
    .description(
      io.say({
        vi: 'Các bước, thời hạn, căn cứ, thang nhắc của một quy trình',
        en: 'Steps, dues, legal bases and ladders of a procedure',
      }),
    )
    .addHelpText('after', '\n  giamsat procedure show vn-party-supervision@2022')
    .action((name: string) => show(name, io));
  procedure
    .command('check')
    .argument('<file>')
    .description(io.say({ vi: 'Kiểm tra một tệp quy trình', en: 'Check a procedure file' }))
    .addHelpText('after', '\n  giamsat procedure check my-procedure.yaml')
    .action((file: string) => check(file, io));
}

function list(io: Io): void {
  const all = procedureLibrary().listProcedures();
  const rows = all.map(({ source, compiled }) => [
    `${compiled.id}@${compiled.version}`,
    io.say(source),
    compiled.calendar,
    day(compiled.effectiveFrom),
    compiled.supersededBy ?? '',
  ]);
  io.show(
    table(rows),
    all.map(({ source, compiled: { id, version, calendar, effectiveFrom, supersededBy, hash } }) => ({
      id,
      version,
      name: { vi: source.vi, en: source.en },
      calendar,
      effectiveFrom,
      supersededBy,
      hash,
    })),
  );
}

function get(name: string): ShippedProcedure {
  const found = procedureLibrary().getProcedure(name);
  if (found) return found;
  const known = procedureLibrary().known.procedures;
  throw new Stop('notFound', {
    vi: `Không có quy trình ${name}; có: ${known}`,
    en: `No procedure ${name}; there are: ${known}`,
  });
}

function show(name: string, io: Io): void {
  const found = get(name);
  io.show(procedurePage(found, io), found.source);
}

function check(file: string, io: Io): void {
  readInput(file);
  const compiled = compileProcedure(readProcedureFile(file));
  io.show(
    io.say({
      vi: `Đúng: ${compiled.id}@${compiled.version}, ${compiled.steps.length} bước, ${compiled.hash.slice(0, 12)}`,
      en: `Correct: ${compiled.id}@${compiled.version}, ${compiled.steps.length} steps, ${compiled.hash.slice(0, 12)}`,
    }),
    { ok: true, id: compiled.id, version: compiled.version, hash: compiled.hash },
  );
}
