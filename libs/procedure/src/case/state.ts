import type { CompiledCalendar } from '../calendar/calendar.js';
import type { Instant } from '../civil/instant.js';
import type { CompiledProcedure, Force, OfficeId, PartyId, Span, StepId } from '../definition/definition.js';
import type { PossibleAct } from './acts.js';
import type { MeasureNature, NoticeEnd, StepKey, UnitId, When } from './commands.js';
import type { CaseEvent, EventData, Opening, RungKey } from './events.js';

/** A rung as the record has it. */
export interface RungRecord {
  step: StepKey;
  id: string;
  /** seq of the event that settled it */
  seq: number;
  state: 'due' | 'passed' | 'held' | 'unfounded';
  to: OfficeId[];
  at: Instant;
  ends: Partial<Record<OfficeId, { end: NoticeEnd; at: Instant }>>;
}

/** The due that is in force for a step, as recorded. */
export interface DueRecord {
  due: When | null;
  force: Force;
  provisional: boolean;
  /** when it was set; rungs whose moment lies before were never planned */
  at: Instant;
  cause: EventData['dueSet']['cause'];
}

/**
 * The state of a case or a campaign: the facts in order, and what was recorded as their consequence. Statuses and
 * deadlines are not kept: `project(state)` derives them, so a corrected entry needs no repair of anything else.
 */
export interface CaseState {
  seq: number;
  opening: Opening;
  procedure: CompiledProcedure;
  calendar: CompiledCalendar;
  openedAt: Instant;
  facts: CaseEvent[];
  dues: Record<StepKey, DueRecord>;
  rungs: Record<RungKey, RungRecord>;
  overdue: Record<StepKey, When>;
  ended: EventData['caseEnded']['how'] | null;
}

export interface Skipped {
  date: string;
  why: string;
}

/** A deadline that can explain itself. `due: null` always comes with a `reason`. */
export interface Deadline {
  due: When | null;
  reason?: 'no-anchor' | 'suspended' | 'no-duty' | 'awaiting-review' | 'no-rule';
  force: Force;
  provisional: boolean;
  /** index of the rule of the step (or of the outcome that reopened it) it was counted by */
  rule: string;
  /** the figure it was counted by, before any extension */
  span?: Span;
  basis: string;
  evidence: string;
  kind: 'by' | 'before';
  anchor?: { step: StepId; date: string; on: When; seq: number; paper?: string };
  skipped: Skipped[];
  rolledFrom?: When;
  pauses: { from: When; to: When | null }[];
  extension?: { request: string; by: Span };
  cap?: { id: string; due: When };
}

export interface StepView {
  key: StepKey;
  step: StepId;
  item?: string;
  stage: string;
  status: 'waiting' | 'open' | 'submitted' | 'met' | 'ended';
  /** whose turn it is while the step is open or submitted */
  turn: PartyId | null;
  deadline: Deadline | null;
  /** the act that met it, or the first submission that is judged */
  metOn: When | null;
  outcome: string | null;
  /** approved or issued by the account that wrote it, or corrected by one alone, on the strength of a signed paper */
  sameHand: boolean;
  /** how often it was given back */
  round: number;
  submittedSeq: number | null;
  extension: { request: string; state: 'pending' | 'granted' | 'refused' } | null;
  /** only after the due, only by dates of the acts; `past-mark` is the policy word ("quá mốc nội bộ") */
  lateness: { kind: 'late' | 'past-mark'; since: When; days: number } | null;
  /** of the supervised units, those that owe it; absent for steps of others */
  owes?: UnitId[];
  readers: PartyId[];
}

export interface MeasureView {
  measure: string;
  findings: string[];
  nature: MeasureNature;
  state: 'open' | 'reported' | 'done' | 'partly' | 'not-adequate' | 'not-done' | 'no-duty' | 'closed';
}

/** What a screen shows of a case: everything derived, nothing hidden yet (`redact` does that). */
export interface CaseView {
  seq: number;
  scope: 'case' | 'campaign';
  opening: Opening;
  status: 'running' | 'suspended' | 'closed' | 'cancelled' | 'without-conclusion';
  stage: string | null;
  steps: StepView[];
  measures: MeasureView[];
  findings: { finding: string; kind: string; code?: string; seq: number }[];
  team: string | null;
  units: string[];
  contests: { entry: number; seq: number; answered: boolean }[];
  /** successions that have been decided, the last one of each unit */
  transfers: { from: UnitId; shares: Record<StepKey, UnitId[]>; accepted: UnitId[] }[];
  inspection: { number?: string; keptOutside?: true; issued: boolean } | null;
  rungs: ({ rung: RungKey } & RungRecord)[];
  /** events the reader may see */
  events: CaseEvent[];
  nextMoment: Instant | null;
  /** what can be done now, and by which offices */
  acts: PossibleAct[];
}

/** Who asks: the offices a person holds on this case that day. */
export interface Actor {
  person: string;
  offices: OfficeId[];
  /** supervised units in whose registers he holds offices of theirs; absent = not bound to any */
  units?: UnitId[];
}

/** The board row: what lists, counts and the watchdog read. Lateness is asked of `due` and the day, never stored. */
export interface CaseRow {
  seq: number;
  status: CaseView['status'];
  stage: string | null;
  /** open and submitted steps only */
  open: Pick<StepView, 'key' | 'step' | 'status' | 'turn' | 'round'>[];
  dues: { key: StepKey; due: When | null; force: Force; provisional: boolean }[];
  findings: number;
  measures: number;
  /** who stands for the subject; first whoever owes what is not named */
  units: string[];
  /** open duties of the supervised units, and `*` for all else: who owes them, and who has been asked to */
  duties: Record<StepKey, { owes: UnitId[]; offered?: UnitId[] }>;
  /** asked to take the case over, not yet answered; absent when there are none */
  offered?: string[];
  /** who owed duties that are not open any more, where several units have any; for letters that follow. Absent when there are none */
  past?: Record<StepKey, UnitId[]>;
  team: string | null;
  nextMoment: Instant | null;
}
