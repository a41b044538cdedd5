/** The pure core: procedures, calendars and cases. No I/O, no clock, no locale; the moment is always an argument. */
export type * from './definition/definition.js';
export type * from './case/commands.js';
export type * from './case/events.js';
export type * from './case/state.js';
export { addDays, addMonths, isCivilDate, weekday, type CivilDate } from './civil/civil-date.js';
export { civilDateAt, fromMs, instantAt, instantMs, isInstant, type Instant, type Zone } from './civil/instant.js';
export {
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  type CompiledCalendar,
  type DayMark,
} from './calendar/calendar.js';
export {
  count,
  countBack,
  fixedDue,
  moveByPauses,
  workingDaysBetween,
  type Counted,
  type Pause,
  type Skipped as SkippedDay,
} from './calendar/counting.js';
export { decidedOn } from './case/decided-on.js';
export { FACT_OF } from './case/events.js';
export { REFUSAL_CODES, type Refusal, type RefusalCode } from './case/refusals.js';
export { openStream } from './case/open.js';
export { apply, fold } from './case/fold.js';
export { actsOf } from './case/acts.js';
export { decide, type Decision } from './case/decide.js';
export { nextMoment } from './case/moments.js';
export { isOpen, project, rowOf } from './case/project.js';
export { datesOf } from './case/corrections.js';
export { Numbering } from './case/numbering.js';
export { allowed, redact, type AllowedAct } from './case/readers.js';
export { explain, type Explanation } from './case/explain.js';
export { movementOf, preview, type Movement } from './case/preview.js';
export { isMoment, nextWorkingMoment } from './case/when.js';
export {
  rehearse,
  rehearsing,
  type Behaviour,
  type RehearsalInput,
  type RehearsalReport,
} from './rehearsal/rehearse.js';
export { plannedOpening, type PlannedCampaign } from './rehearsal/planned-opening.js';
