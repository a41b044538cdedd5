import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CompiledCalendar } from '../calendar/calendar.js';
import type { Zone } from '../civil/instant.js';
import { type CalendarSource, compileCalendar } from '../calendar/source.js';
import type { CompiledProcedure } from '../definition/definition.js';
import { readCalendar } from './calendar-file.js';
import { compileProcedure } from './compile-procedure.js';
import { type FindText, readProcedure } from './procedure-file.js';
import type { ProcedureSource } from './procedure-schema.js';

/** A procedure or calendar with its full text (`source`) and as cases run under it (`compiled`). */
export interface Shipped<Source, Compiled> {
  source: Source;
  compiled: Compiled;
}
export type ShippedProcedure = Shipped<ProcedureSource, CompiledProcedure>;
export type ShippedCalendar = Shipped<CalendarSource, CompiledCalendar>;

export interface ProcedureLibrary {
  /** all shipped procedures, oldest first */
  listProcedures(): ShippedProcedure[];
  /** by `id@version`, or by `id` alone for its newest version; undefined when there is none */
  getProcedure(name: string): ShippedProcedure | undefined;
  listCalendars(): ShippedCalendar[];
  getCalendar(id: string): ShippedCalendar | undefined;
  /** what there is, to be named to whoever asked for something else */
  known: { procedures: string; calendars: string };
}

/** Reads everything that is shipped, once. Throws `FileProblems` when a shipped file is wrong. */
export function procedureLibrary(): ProcedureLibrary {
  library ??= readLibrary();
  return library;
}
let library: ProcedureLibrary | undefined;

/** The text of a shipped procedure file, for texts that are `like` one of them. */
export const findShipped: FindText = (name) => textIn(PROCEDURES)(name);

/** Reads a procedure file of one's own; what it is `like` is looked for beside it, then among the shipped ones. */
export function readProcedureFile(path: string): ProcedureSource {
  const find: FindText = (name) => textIn(dirname(path))(name) ?? findShipped(name);
  return readProcedure(readFileSync(path, 'utf8'), basename(path), find);
}

// Two folders up from both src/source and dist/source.
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PROCEDURES = join(ROOT, 'procedures');
const CALENDARS = join(ROOT, 'calendars');

const textIn =
  (folder: string): FindText =>
  (name) => {
    const path = join(folder, `${basename(name)}.yaml`);
    return existsSync(path) ? { text: readFileSync(path, 'utf8'), file: basename(path) } : undefined;
  };

function namesIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [basename(file, '.yaml')] : []))
    : [];
}

/** The calendar of the installation: its zone says which day it is when nothing else does. */
export const homeZone = (): Zone => procedureLibrary().getCalendar('VN')!.compiled.zone;

function readLibrary(): ProcedureLibrary {
  const calendars = namesIn(CALENDARS).map((name) => shippedCalendar(join(CALENDARS, `${name}.yaml`)));
  const procedures = namesIn(PROCEDURES)
    .filter((name) => name !== 'common')
    .map((name) => shippedProcedure(join(PROCEDURES, `${name}.yaml`)))
    .toSorted((a, b) => a.source.effectiveFrom.localeCompare(b.source.effectiveFrom));
  return {
    listProcedures: () => procedures,
    getProcedure: (name) =>
      procedures.findLast(({ source }) => name === source.id || name === `${source.id}@${source.version}`),
    listCalendars: () => calendars,
    getCalendar: (id) => calendars.find(({ source }) => source.id === id),
    known: {
      procedures: procedures.map(({ source }) => `${source.id}@${source.version}`).join(', '),
      calendars: calendars.map(({ source }) => source.id).join(', '),
    },
  };
}

function shippedProcedure(path: string): ShippedProcedure {
  const source = readProcedureFile(path);
  return { source, compiled: compileProcedure(source) };
}

function shippedCalendar(path: string): ShippedCalendar {
  const source = readCalendar(readFileSync(path, 'utf8'), basename(path));
  return { source, compiled: compileCalendar(source) };
}
