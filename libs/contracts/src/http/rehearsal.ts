import { z } from 'zod';
import { civilDate, instant } from './values.js';
import { person, unit } from './views.js';

/** How the people of a rehearsal behave; `days` are working days after the due. */
export const behaviour = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('on-time') }),
  z.strictObject({ kind: z.literal('late'), days: z.int().min(1).max(60).default(5) }),
  z.strictObject({ kind: z.literal('random'), seed: z.int().min(0).max(4_294_967_295) }),
]);

export const rehearsalBody = z.strictObject({
  behaviour: behaviour.default({ kind: 'on-time' }),
  /** day of the launch; absent = today, or the day of the plan when that is still to come. A wave never begins before its own day */
  from: civilDate.optional(),
});

/** A rehearsal in short. It belongs to the revision of the plan that it was played from. */
export const rehearsalLine = z.object({
  id: z.string(),
  /** of the draft */
  version: z.int(),
  /** sha256 of all that was played: the document and what was changed since, procedure and calendar */
  hash: z.string(),
  /** false: the plan is another one by now */
  fresh: z.boolean(),
  behaviour,
  from: civilDate,
  at: instant,
  by: person,
  cases: z.int(),
  closed: z.int(),
  endsOn: instant.nullable(),
  /** steps past their due · notices that reach nobody */
  late: z.int(),
  unreached: z.int(),
});

/** What it came to. Fields as in `@giamsat/procedure` RehearsalReport: ids, never names. */
export const rehearsal = rehearsalLine.extend({
  report: z.object({
    cases: z.int(),
    closed: z.int(),
    endsOn: instant.nullable(),
    weeks: z.array(z.object({ week: civilDate, acts: z.record(z.string(), z.int()), notices: z.int() })),
    letters: z.record(z.string(), z.int()),
    nearHolidays: z.array(z.object({ unit: z.string(), step: z.string(), due: z.string() })),
    unreached: z.array(z.object({ unit: z.string(), step: z.string(), rung: z.string(), office: z.string() })),
    late: z.int(),
    provisional: z.int(),
  }),
  /** what the ids stand for */
  people: z.record(z.string(), z.string()),
  units: z.record(z.string(), unit),
});
