/**
 * A procedure is data. This file is the shape of a *compiled* procedure: ids and rules only, small enough to travel
 * in a workflow's input. Names, articles and explanations stay in the YAML source (see `procedures/*.yaml`).
 */
export type StepId = string;
export type OfficeId = string;
export type PartyId = string;
export type OutcomeId = string;
export type BasisId = string;

/** Working days, calendar days, months, or seconds (drills only). */
export type DayUnit = 'wd' | 'cd' | 'months' | 's';
export interface Span {
  n: number;
  unit: DayUnit;
}

/** An act has up to three dates of its own (design rule of truth: four dates; the fourth, `enteredAt`, never decides). */
export type DateKind = 'document' | 'sent' | 'received';

/** How well a figure is founded: read in the source, read second-hand, derived, from memory, looked for and not found. */
export type Evidence = 'V' | 'V2' | 'D' | 'M' | 'X';

/** `binding` comes from a regulation or from a paper sent to the unit; `policy` is the installation's own mark. */
export type Force = 'binding' | 'policy';

export interface Authority {
  force: Force;
  basis: BasisId;
  evidence: Evidence;
}

/** The event a count starts from: the act that submitted (`submitted`) or met (`met`) a step, and which of its dates. */
export interface Anchor {
  step: StepId;
  at: 'submitted' | 'met';
  date: DateKind;
}

export type DueRule = (
  | { kind: 'count'; span: Span; anchor: Anchor }
  | { kind: 'count-by-level'; spans: Record<string, Span>; anchor: Anchor }
  /** n working days before the deadline of another step */
  | { kind: 'count-before'; span: Span; step: StepId }
  /** the deadline of another step */
  | { kind: 'within'; step: StepId }
  /** a date given by an earlier paper: the plan, the notice of conclusion, or the measure itself */
  | { kind: 'paper-date'; paper: 'plan' | 'conclusion' | 'measure' }
  /** the same calendar date every year, e.g. 31/1 */
  | { kind: 'date-of-year'; month: number; day: number }
  /** last day of the quarter named by the programme */
  | { kind: 'programme-quarter' }
  /** next known session of a body after the anchor, never later than `atMost` */
  | { kind: 'session'; body: PartyId; atMost: Span; anchor: Anchor }
  | { kind: 'earliest'; of: DueRule[] }
) & { authority: Authority };

export interface Outcome {
  /**
   * meets: the step is done · returns: `step` goes back to its debtor with its own due · continues: the step stays
   * open and its next due is counted by `due` from the last one · notes: recorded, nothing moves · ends: the case ends ·
   * opens: like meets, and an inspection decision may be linked.
   */
  effect: 'meets' | 'returns' | 'continues' | 'notes' | 'ends' | 'opens';
  /** returns: the step that is reopened (may be the step itself) */
  step?: StepId;
  /** returns, continues: deadline of re-entry; for `continues` counted from the former due; absent = the rules of that step go on */
  due?: { span: Span; authority: Authority };
  /** who decides it, offices; empty = whoever performs the step */
  by?: OfficeId[];
  /** parties that may read it where not all who read the step may, until this event or met step reveals it */
  readers?: PartyId[];
  revealedBy?: string;
  /** the act is itself the notice (opened by letter): the step's `notice` is not asked for */
  waivesNotice?: true;
}

export interface Step {
  id: StepId;
  stage: string;
  scope: 'campaign' | 'case';
  /** the party that owes it */
  actor: PartyId;
  /** one instance per measure, or per request for an extension; absent = exactly one */
  per?: 'measure' | 'extension';
  /** opens when every one of these happened; empty = open from the start */
  entry: { step: StepId; at: 'submitted' | 'met'; outcomes?: OutcomeId[] }[];
  /** which date of the act tells whether it was in time */
  timely: DateKind;
  due: DueRule[];
  /** counts inside this cap: never later than the cap's end */
  cap?: string;
  remind?: string;
  ladder?: string;
  /** the debtor submits, this party accepts or returns */
  review?: { by: PartyId };
  /** the act needs this much notice to the unit: `sent` at least so long before `document` */
  notice?: Span;
  outcomes: Record<OutcomeId, Outcome>;
  /** offices that may perform the step */
  perform: OfficeId[];
  /** steps whose acts must have come from somebody else: author, approver and issuer of one paper differ */
  otherThan?: StepId[];
  /** kinds of paper */
  documents: string[];
  /** parties that may read the step, its acts and its deadline ('*' = all parties of the case) */
  readers: PartyId[];
  /** longest extension: a share of the counted span, decided by these offices, so often */
  extension?: { share: [number, number]; times: number; by: OfficeId[]; authority: Authority };
  /** the step whose outcome ends the case when it is met */
  final?: boolean;
}

/** A time-limit that several steps share (supervision time, by level of the supervising body). */
export interface Cap {
  spans: Record<string, Span>;
  anchor: Anchor;
  authority: Authority;
  extension: { share: [number, number]; times: number; by: OfficeId[] };
}

export interface Rung {
  /** e.g. 'EU+3' or 'Rl-10'; unique in the procedure */
  id: string;
  /** negative before the due day, positive after it */
  offset: Span;
  /** the first addressee is the one whose proof the next rung waits for */
  to: OfficeId[];
}

export interface CompiledProcedure {
  id: string;
  version: string;
  hash: string;
  effectiveFrom: string;
  supersededBy?: string;
  calendar: string;
  /** office → the party it belongs to */
  offices: Record<OfficeId, PartyId>;
  /** office that is written to when a party owes something (`debtor` in a rung's addressees stands for it) */
  contact: Record<PartyId, OfficeId>;
  /** the office that is told of policy dues beside the debtor, and of nothing higher */
  areaOffice: OfficeId;
  levels: string[];
  caps: Record<string, Cap>;
  reminders: Record<string, Rung[]>;
  ladders: Record<string, Rung[]>;
  steps: Step[];
  /** offices that may enter another's paper */
  paperEntry: OfficeId[];
  /** command that is not tied to a step → offices that may give it */
  acts: Record<string, OfficeId[]>;
  /** event type → parties that may read it ('*' = all parties of the case); absent = as its step says, and all when it has none */
  readers: Record<string, PartyId[]>;
  /** event type → the event type or met step from which on all parties of the case may read it */
  revealedBy?: Record<string, string>;
}
