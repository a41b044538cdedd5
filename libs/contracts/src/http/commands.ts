import type { CommandType } from '@giamsat/procedure';
import { z } from 'zod';
import { warning } from './warnings.js';
import {
  dates,
  datesCorrected,
  id,
  office,
  outcome,
  paper,
  paperDate,
  paperNumber,
  span,
  stepId,
  stepKey,
  text,
} from './values.js';

/** Given by the engine alone: a planned moment, the end of notices, the end of a launch. No door takes them. */
export const ENGINE_COMMANDS = ['passMoment', 'endNotices', 'completeLaunch'] as const satisfies CommandType[];
export type PersonCommandType = Exclude<CommandType, (typeof ENGINE_COMMANDS)[number]>;

/**
 * What a client sends for each command. Ids that the command creates are its own command id, and everything the server
 * knows better (number of cases, compiled calendar) it fills in itself. `reason` and `text` are sentences: see `text`.
 */
const BODIES = {
  submitStep: { step: stepKey, answers: z.int().min(1).optional() },
  completeStep: { step: stepKey, outcome, papers: z.record(stepId, paperDate).optional() },
  returnStep: { step: stepKey, outcome },
  requestExtension: { step: stepKey, span: span.optional(), reason: text.optional() },
  decideExtension: { request: id, granted: z.boolean(), span: span.optional() },
  suspend: { reason: text },
  resume: {},
  recordFinding: {
    kind: z.enum(['strength', 'limitation', 'cause', 'direction']),
    code: z
      .string()
      .regex(/^[A-Z_]{1,40}$/)
      .optional(),
    span: z.tuple([z.int().min(0), z.int().min(0)]).optional(),
    article: paperNumber.optional(),
    text: text.optional(),
  },
  recordMeasure: {
    findings: z.array(id).min(1).max(50),
    nature: z.enum(['duty', 'standing', 'none']),
    due: paperDate.optional(),
    owes: id.optional(),
    text: text.optional(),
  },
  judgeMeasure: { measure: id, outcome },
  /** `notice`: the text of a notice of conclusion; the server reads it and holds it against the case */
  recordPaper: { about: stepKey.optional(), notice: z.string().min(1).max(400_000).optional() },
  correctEntry: {
    entry: z.int().min(1),
    replace: z
      .strictObject({ dates: datesCorrected.optional(), outcome: outcome.optional(), paper: paper.optional() })
      .optional(),
    void: z.literal(true).optional(),
    reason: text,
  },
  explainDelay: { step: stepKey, text },
  contest: { entry: z.int().min(1), text },
  answerContest: { entry: z.int().min(1), upheld: z.boolean(), text: text.optional() },
  answerWrongRecipient: { answer: z.enum(['corrected', 'copy', 'already-issued']), entry: z.int().min(1).optional() },
  recallDelivery: { entry: z.int().min(1), reason: text },
  /** one receiver takes over all; of several it is said which duty each takes, and `*` is all that is not named */
  transferUnit: {
    from: id.optional(),
    to: z.array(id).min(1).max(20),
    duties: z
      .array(
        z.strictObject({
          duty: z.union([z.literal('*'), stepKey]),
          units: z.array(id).min(1).max(20),
          jointly: z.literal(true).optional(),
        }),
      )
      .max(500)
      .optional(),
    closes: z.array(stepKey).max(500).optional(),
    reason: text.optional(),
    instrument: paper,
  },
  acceptTransfer: { unit: id },
  changeTeam: { team: id },
  /** `dates` are those of the act, as everywhere */
  amendPlan: { planDates: z.record(stepId, paperDate) },
  /** a calendar that is shipped, by its id, or the text of a newer calendar file; absent = the case's own, as shipped now */
  applyCalendar: { calendar: z.string().max(64).optional(), file: z.string().min(1).max(200_000).optional() },
  applyProcedure: { procedure: z.string().max(96) },
  recordInspection: { number: paperNumber.optional(), keptOutside: z.literal(true).optional() },
  issueInspection: {},
  cancel: { reason: text },
  closeWithoutConclusion: { reason: text },
  addSubject: {
    unit: id,
    kind: z.enum(['body', 'member']).default('body'),
    wave: z.int().min(1).max(99),
    team: id.optional(),
  },
  withdrawSubject: { caseId: id, reason: text },
  launchWave: { wave: z.int().min(1).max(99) },
  withdrawWave: { wave: z.int().min(1).max(99), reason: text },
  closeCampaign: {},
} as const satisfies Record<PersonCommandType, z.ZodRawShape>;

/** What may come with any command. The envelope itself is made by the server. */
const COMMON = {
  dates: dates.default({}),
  paper: paper.optional(),
  /** the office in which it is done; needed only by who holds several that may */
  capacity: office.optional(),
  onBehalfOf: office.optional(),
  /** refuse if the case has moved on since this event */
  expectedSeq: z.int().min(0).optional(),
};

type BodyOf<T extends PersonCommandType> = z.ZodObject<
  Extract<(typeof BODIES)[T] & typeof COMMON & { type: z.ZodLiteral<T> }, z.ZodRawShape>,
  z.core.$strict
>;
type Schemas = { [T in PersonCommandType]: BodyOf<T> };

export const COMMAND_SCHEMAS = Object.fromEntries(
  Object.entries(BODIES).map(([type, shape]) => [type, z.strictObject({ type: z.literal(type), ...shape, ...COMMON })]),
) as unknown as Schemas;

type Options = [Schemas['submitStep'], ...Schemas[PersonCommandType][]];
export const commandBody = z.discriminatedUnion('type', Object.values(COMMAND_SCHEMAS) as unknown as Options);
/** What the server works with. */
export type CommandRequest = z.output<Schemas[PersonCommandType]>;
/** What a client writes. */
export type CommandInput = z.input<Schemas[PersonCommandType]>;

/** The fields of a command that hold sentences. */
export const TEXT_FIELDS = ['reason', 'text'] as const;

/** A correction as it is proposed; the second person confirms it through a door of its own. */
export const correctionBody = COMMAND_SCHEMAS.correctEntry;

export const commandAnswer = z.object({
  commandId: z.string(),
  /** id of what the command created (request, finding, measure, case) */
  created: z.string().nullable(),
  outcome: z.literal('accepted'),
  /** seq of the stream after it */
  seq: z.int(),
  /** what an official should know of what was done; it was done all the same */
  warnings: z.array(warning),
});
