import { z } from 'zod';
import { ENTRY_PHRASE, RULE_PHRASE, SPAN_PHRASE } from './phrases.js';

/** The shape of a procedure file, section by section; what refers to what is checked in `procedure-checks.ts`. */
const ID = z.string().regex(/^[A-Za-z][\w.-]{0,47}$/);
// kinds of paper go by their official abbreviation: QĐ, BC, TB
const DOCUMENT = z.string().regex(/^\p{L}[\p{L}\d.-]{0,9}$/u);
const REFERENCE = z.string().regex(/^[a-z][a-z0-9-]*@[0-9]+$/);
const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const TEXT = z.string().trim().min(1).max(600);
const NAMES = { vi: TEXT, en: TEXT };
const IDS = z.array(ID).min(1);
const READERS = z.array(z.union([z.literal('*'), ID])).min(1);
const SHARE = z
  .string()
  .regex(/^[1-9]\d?\/[1-9]\d?$/)
  .transform((share) => share.split('/').map(Number) as [number, number]);

const EVIDENCE = z.enum(['V', 'V2', 'D', 'M', 'X']);
const DATE = z.enum(['document', 'sent', 'received']);
const AUTHORITY = z.strictObject({ force: z.enum(['binding', 'policy']), basis: ID, evidence: EVIDENCE });

const SINGLE_RULE = z.strictObject({ rule: RULE_PHRASE, authority: AUTHORITY });
const DUE = z.union([SINGLE_RULE, z.strictObject({ earliest: z.array(SINGLE_RULE).min(2), authority: AUTHORITY })]);

const EXTENSION = { share: SHARE, times: z.int().positive(), by: IDS };

const OUTCOME = z.strictObject({
  ...NAMES,
  effect: z.enum(['meets', 'returns', 'continues', 'notes', 'ends', 'opens']),
  step: ID.optional(),
  /** `unchanged`: the rules of the step that is given back go on */
  due: z.union([z.literal('unchanged'), SPAN_PHRASE]).optional(),
  authority: AUTHORITY.optional(),
  by: IDS.optional(),
  readers: READERS.optional(),
  revealedBy: ID.optional(),
  waivesNotice: z.literal(true).optional(),
});

const STEP = z.strictObject({
  ...NAMES,
  stage: ID,
  scope: z.enum(['campaign', 'case']).default('case'),
  actor: ID,
  per: z.enum(['measure', 'extension']).optional(),
  entry: z.array(ENTRY_PHRASE).default([]),
  timely: DATE.default('document'),
  due: z.array(DUE).default([]),
  noDue: z.strictObject(NAMES).optional(),
  cap: ID.optional(),
  remind: ID.optional(),
  ladder: ID.optional(),
  review: z.strictObject({ by: ID }).optional(),
  notice: SPAN_PHRASE.optional(),
  outcomes: z.record(ID, OUTCOME),
  perform: IDS,
  otherThan: IDS.optional(),
  documents: z.array(DOCUMENT),
  readers: READERS,
  extension: z.strictObject({ ...EXTENSION, authority: AUTHORITY }).optional(),
  final: z.literal(true).optional(),
});

const CAP = z.strictObject({
  ...NAMES,
  rule: RULE_PHRASE,
  authority: AUTHORITY,
  extension: z.strictObject(EXTENSION),
});

export const HEAD = z.strictObject({
  like: z.string().optional(),
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.string().regex(/^\d+$/),
  ...NAMES,
  effectiveFrom: DAY,
  supersededBy: REFERENCE.optional(),
  calendar: ID,
  areaOffice: ID,
  paperEntry: IDS,
});

/** Sections that are a map: each entry is read by itself, so that a mistake in one hides no mistake in another. */
export const SECTIONS = {
  levels: z.strictObject(NAMES),
  bases: z.strictObject({ ...NAMES, article: TEXT.optional(), source: TEXT, evidence: EVIDENCE }),
  parties: z.strictObject({ ...NAMES, contact: ID.optional() }),
  offices: z.strictObject({ ...NAMES, party: ID }),
  stages: z.strictObject(NAMES),
  documents: z.strictObject(NAMES),
  events: z.strictObject(NAMES),
  caps: CAP,
  reminders: z.strictObject({ ...NAMES, before: z.array(SPAN_PHRASE).min(1) }),
  ladders: z.strictObject({
    ...NAMES,
    rungs: z.array(z.strictObject({ after: SPAN_PHRASE, to: IDS })).min(1),
  }),
  steps: STEP,
  acts: IDS,
  /** `step`: whoever may read the step it is about, and everybody where it is about none */
  readers: z.union([z.literal('step'), READERS]),
  revealedBy: ID,
};
export type Section = keyof typeof SECTIONS;

/** A procedure as its file says it, names and reasons included; spans and rules are already taken apart. */
export type ProcedureSource = z.infer<typeof HEAD> & {
  [S in Section]: Record<string, z.infer<(typeof SECTIONS)[S]>>;
};
export type SourceStep = ProcedureSource['steps'][string];
export type SourceOutcome = SourceStep['outcomes'][string];
export type SourceDue = SourceStep['due'][number];
export type SourceAuthority = z.infer<typeof AUTHORITY>;
