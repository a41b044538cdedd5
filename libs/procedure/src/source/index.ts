/** Procedures and calendars as files: reading, checking, compiling, naming. Node only; the core imports nothing of it. */
export { readCalendar, readOwnDays } from './calendar-file.js';
export { type FileProblem, FileProblems } from './yaml-file.js';
export { type CalendarSource, compileCalendar, type DayDescription, describeDay } from '../calendar/source.js';
export { compileProcedure, hashOf } from './compile-procedure.js';
export {
  findShipped,
  homeZone,
  type ProcedureLibrary,
  procedureLibrary,
  readProcedureFile,
  type ShippedCalendar,
  type ShippedProcedure,
} from './library.js';
export { type FindText, readProcedure } from './procedure-file.js';
export type { ProcedureSource, SourceOutcome, SourceStep } from './procedure-schema.js';
export { words } from './words.js';
export type { ProcedureWords } from '../words/procedure-words.js';
export { officesIn, officesOf, SUBJECT_PARTY, unitOffices } from './parties.js';
