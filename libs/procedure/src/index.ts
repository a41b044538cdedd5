/** The pure core: procedures, calendars and cases. No I/O, no clock, no locale; the moment is always an argument. */
export type * from './definition/definition.js';
export type * from './case/commands.js';
export type * from './case/events.js';
export type * from './case/state.js';
export { FACT_OF } from './case/events.js';
export { REFUSAL_CODES, type Refusal, type RefusalCode } from './case/refusals.js';
