import type { CaseEvent, CaseView } from '@giamsat/procedure';
import { z } from 'zod';
import { type AlarmKind, ALARMS } from './alarms.js';
import { instant, when } from './values.js';
import { warning } from './warnings.js';

export const words = z.object({ vi: z.string(), en: z.string() });
const force = z.enum(['binding', 'policy']);
const params = z.record(z.string(), z.unknown());

export const unit = z.object({ id: z.string(), symbol: z.string().nullable(), name: z.string() });
/** The unit of a case: named as on the day of its decision, with what has become of it since. */
export const caseUnit = unit.extend({
  /** what it is called today, when that differs */
  now: z.string().nullable(),
  /** the day it ended, when it has */
  ended: z.string().nullable(),
  /** who stands for it in the case by accepted transfers */
  takenOverBy: z.array(unit).nullable(),
});
export const person = z.object({ id: z.string(), name: z.string() });

/** An event of the ledger; `data` depends on its type. */
const caseEvent = z.looseObject({
  seq: z.int(),
  type: z.string(),
  v: z.literal(1),
  at: instant,
  commandId: z.string(),
  by: z.union([z.looseObject({ actor: z.string(), capacity: z.string() }), z.literal('engine')]),
  dates: z.record(z.string(), when),
  data: z.looseObject({}),
}) as unknown as z.ZodType<CaseEvent, CaseEvent>;

const deadline = z.looseObject({
  due: when.nullable(),
  reason: z.enum(['no-anchor', 'suspended', 'no-duty', 'awaiting-review', 'no-rule']).optional(),
  force,
  provisional: z.boolean(),
  rule: z.string(),
  basis: z.string(),
  evidence: z.string(),
  kind: z.enum(['by', 'before']),
  skipped: z.array(z.object({ date: z.string(), why: z.string() })),
});

const stepView = z.looseObject({
  key: z.string(),
  step: z.string(),
  stage: z.string(),
  status: z.enum(['waiting', 'open', 'submitted', 'met', 'ended']),
  turn: z.string().nullable(),
  deadline: deadline.nullable(),
  outcome: z.string().nullable(),
  round: z.int(),
  lateness: z.object({ kind: z.enum(['late', 'past-mark']), since: when, days: z.int() }).nullable(),
});

/** The core's view of a case or campaign, as far as the reader may see it. Fields as in `@giamsat/procedure` CaseView. */
const caseView = z.looseObject({
  seq: z.int(),
  scope: z.enum(['case', 'campaign']),
  opening: z.looseObject({}),
  status: z.enum(['running', 'suspended', 'closed', 'cancelled', 'without-conclusion']),
  stage: z.string().nullable(),
  steps: z.array(stepView),
  events: z.array(caseEvent),
}) as unknown as z.ZodType<CaseView, CaseView>;

/** What the reader may do now. */
const allowedAct = z.object({
  type: z.string(),
  step: z.string().optional(),
  outcomes: z.array(z.string()).optional(),
  /** in which of the reader's offices */
  capacities: z.array(z.string()),
});

/** One sentence of a deadline's reasons: code and parameters, for the reader's language. */
const explanation = z.object({ code: z.string(), params });

export const streamDetail = z.object({
  id: z.string(),
  campaign: z.string(),
  unit: caseUnit.nullable(),
  title: z.string(),
  procedure: z.string(),
  offices: z.array(z.string()),
  /** offices that open steps would tell and that nobody holds; told to those inside only */
  vacant: z.array(z.string()),
  /** who sits in its team and had to step back from the unit; told to those inside only */
  recused: z.array(person),
  view: caseView,
  allowed: z.array(allowedAct),
  explanations: z.record(z.string(), z.array(explanation)),
  /** what the hashes in the events stand for; null = blanked */
  texts: z.record(z.string(), z.string().nullable()),
  /** names of people who acted, and of units that took over */
  people: z.record(z.string(), z.string()),
});

export const history = z.object({
  id: z.string(),
  /** the seq the state is shown at */
  at: z.int(),
  view: caseView,
  texts: z.record(z.string(), z.string().nullable()),
  people: z.record(z.string(), z.string()),
});

const due = z.object({ key: z.string(), due: when.nullable(), force, provisional: z.boolean() });
const openStep = z.object({
  key: z.string(),
  step: z.string(),
  status: z.string(),
  turn: z.string().nullable(),
  round: z.int(),
});

export const boardRow = z.object({
  caseId: z.string(),
  unit: caseUnit,
  wave: z.int().nullable(),
  status: z.string(),
  stage: z.string().nullable(),
  open: z.array(openStep),
  dues: z.array(due),
  /** open duties of the supervised units and `*`, all else: ids of the units that owe it, and of those asked to */
  duties: z.record(z.string(), z.object({ owes: z.array(z.string()), offered: z.array(z.string()).optional() })),
  /** dues that are past today: binding ones are late, policy ones past their mark */
  late: z.int(),
  pastMark: z.int(),
  findings: z.int(),
  measures: z.int(),
  team: z.string().nullable(),
  /** offices that the open steps would tell and that nobody holds: notices climb over them */
  vacant: z.array(z.string()),
  /** who sits in its team and had to step back from the unit */
  recused: z.array(person),
  nextMoment: z.string().nullable(),
});

export const waveProgress = z.object({
  wave: z.int(),
  state: z.enum(['launching', 'standing', 'withdrawn']),
  standing: z.int(),
  total: z.int(),
});

export const campaignItem = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['draft', 'issued', 'discarded']),
  status: z.string().nullable(),
  stage: z.string().nullable(),
  ownerUnit: unit,
  procedure: z.string(),
  revision: z.int(),
  cases: z.object({ total: z.int(), open: z.int() }),
});

export const duty = z.object({
  scope: z.enum(['case', 'campaign']),
  id: z.string(),
  campaign: z.string(),
  /** `id@version`, whose names step and turn bear */
  procedure: z.string(),
  unit: unit.nullable(),
  step: z.string(),
  key: z.string(),
  status: z.string(),
  /** the party that it waits for, and whether the person is of it */
  turn: z.string().nullable(),
  mine: z.boolean(),
  due: when.nullable(),
  force: force.nullable(),
  late: z.boolean(),
  /** the case is suspended: its clock stands */
  suspended: z.boolean(),
});

export const notice = z.object({
  id: z.string(),
  office: z.string(),
  rung: z.string(),
  step: z.string(),
  kind: z.enum(['notice', 'correction']),
  state: z.enum(['waiting', 'sent', 'failed', 'nobody', 'unfounded']),
  dueAt: instant,
  attempts: z.int(),
  endedAt: instant.nullable(),
  errorCode: z.string().nullable(),
});

const planned = z.object({ step: z.string(), rung: z.string(), from: instant.nullable(), to: instant.nullable() });
/** What an act would move; one that the core refuses is answered as the command would be. */
export const movement = z.object({
  dues: z.array(z.object({ step: z.string(), from: when.nullable(), to: when.nullable(), provisional: z.boolean() })),
  rungs: z.array(planned),
  unfounded: z.array(z.string()),
  warnings: z.array(warning),
});

/** A correction that waits for its second person. */
export const correction = z.object({
  id: z.string(),
  /** seq of the entry */
  entry: z.int(),
  void: z.boolean(),
  replace: z.looseObject({}).nullable(),
  reason: z.string().nullable(),
  by: person,
  capacity: z.string(),
  at: instant,
  /** proposed by the reader, who cannot confirm it */
  mine: z.boolean(),
  /** what it would move, as it was proposed */
  movement,
  /** it would be refused now, or move something else: it can only be declined */
  stale: z.boolean(),
});

export const procedureItem = z.object({
  id: z.string(),
  version: z.string(),
  name: words,
  effectiveFrom: z.string(),
  supersededBy: z.string().nullable(),
  calendar: z.string(),
});

/** One inconsistency of a notice. Nothing is ever repaired: `suggestions` are for a person to choose from. */
export const noticeFinding = z.object({
  code: z.string(),
  severity: z.enum(['blocks', 'warns', 'notes']),
  spans: z.array(z.object({ start: z.int(), end: z.int() })),
  suggestions: z.array(z.string()),
  words,
});

/** Figures of a whole campaign, counted from its cases; `late` is said of binding dues only. */
export const summary = z.object({
  status: z.string(),
  cases: z.record(z.string(), z.int()),
  steps: z.array(
    z.object({
      step: z.string(),
      met: z.int(),
      inTime: z.int(),
      late: z.int(),
      pastMark: z.int(),
      returned: z.int(),
      extended: z.int(),
    }),
  ),
  findings: z.record(z.string(), z.int()),
  measures: z.record(z.string(), z.int()),
});

/** One trace in the record of access: ids, codes and a name, no word of what was read. */
export const accessLine = z.object({
  id: z.string(),
  at: instant,
  person,
  /** office it was done in, and the grant that rests on; '' and null for whoever none of his offices let in */
  capacity: z.string(),
  grant: z.string().nullable(),
  /** method and path of the route */
  act: z.string(),
  outcome: z.enum(['read', 'denied', 'refused']),
  code: z.string().nullable(),
});

/** What is wrong with a case or campaign, what that means, and what to do about it. */
export const alarmLine = z.object({
  id: z.string(),
  alarm: z.enum(Object.keys(ALARMS) as AlarmKind[]),
  at: instant,
  scope: z.enum(['case', 'campaign']),
  /** of the case or campaign */
  of: z.string(),
  /** null to an administrator, who is told ids and kinds only; so are title and unit */
  campaign: z.string().nullable(),
  title: z.string().nullable(),
  unit: caseUnit.nullable(),
  means: words,
  remedy: words,
});
