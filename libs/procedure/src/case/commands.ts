import type { CompiledCalendar } from '../calendar/calendar.js';
import type { Instant } from '../civil/instant.js';
import type { CompiledProcedure, DateKind, OfficeId, OutcomeId, Span, StepId } from '../definition/definition.js';

/** A civil date 'YYYY-MM-DD', or an instant in procedures counted in seconds. */
export type When = string;
/** Step, or step and item: `self-report`, `remediation-progress/<measureId>`, `extension-decision/<requestId>`. */
export type StepKey = string;
/** Opaque ids of people, units, offices' holders: never a name. */
export type PersonId = string;
export type UnitId = string;

export type ActDates = Partial<Record<DateKind, When>>;

/** A paper by its identity, never by its words. `keptOutside` = who keeps it and since when; no content here. */
export interface Paper {
  kind: string;
  number?: string;
  date?: When;
  /** number in the register of incoming or outgoing papers */
  register?: string;
  signedAs?: string;
  hash?: string;
  keptOutside?: { keeper: OfficeId; on: When };
}

/** One envelope for every command (design §3.7); filled by the api, never by the client. */
export interface Envelope {
  commandId: string;
  actor: PersonId;
  capacity: OfficeId;
  grants: string[];
  onBehalfOf?: OfficeId;
  /** whose office it is, when the actor holds it for somebody's absence: both are on record */
  actingFor?: PersonId;
  /** the supervised unit in whose register the office is held: it speaks for that unit alone */
  unit?: UnitId;
  /** who confirmed it where a rule asks for a second person (corrections), and in which office */
  second?: PersonId;
  secondCapacity?: OfficeId;
  /** the moment the server took the command */
  enteredAt: Instant;
  dates: ActDates;
  paper?: Paper;
  expectedSeq?: number;
}

/**
 * Who is to owe a duty after a succession: one unit, or several where it is said that they share it. The duty `*` is all
 * that is not named, and whatever the case asks for later; unless it is named it goes to the first receiver.
 */
export interface DutyShare {
  duty: StepKey;
  units: UnitId[];
  jointly?: true;
}

/** A fixed date given by a paper, in the paper's own words. */
export interface PaperDate {
  on: When;
  kind: 'by' | 'before';
}

/** How a measure counts: a dated duty, a standing task reported yearly, or no duty (a person rules). */
export type MeasureNature = 'duty' | 'standing' | 'none';
export type FindingKind = 'strength' | 'limitation' | 'cause' | 'direction';
export type NoticeEnd = 'sent' | 'failed' | 'nobody' | 'read' | 'acknowledged';

/** What can be done to a case or a campaign. The name of a command is the name of its Update. */
export type CommandBody =
  | { type: 'submitStep'; step: StepKey; answers?: number }
  | { type: 'completeStep'; step: StepKey; outcome: OutcomeId; papers?: Record<StepId, PaperDate> }
  | { type: 'returnStep'; step: StepKey; outcome: OutcomeId }
  | { type: 'requestExtension'; step: StepKey; request: string; span?: Span; reason?: string }
  | { type: 'decideExtension'; request: string; granted: boolean; span?: Span }
  | { type: 'suspend'; reason: string }
  | { type: 'resume' }
  | {
      type: 'recordFinding';
      finding: string;
      kind: FindingKind;
      code?: string;
      span?: [number, number];
      article?: string;
      text?: string;
    }
  | {
      type: 'recordMeasure';
      measure: string;
      findings: string[];
      nature: MeasureNature;
      due?: PaperDate;
      owes?: UnitId;
      text?: string;
    }
  | { type: 'judgeMeasure'; measure: string; outcome: OutcomeId }
  /** `blocks`: codes of what does not fit in a notice that is about to be issued; a person must answer first */
  | { type: 'recordPaper'; about?: StepKey; blocks?: string[]; text?: string }
  | {
      type: 'correctEntry';
      entry: number;
      replace?: { dates?: ActDates; outcome?: OutcomeId; paper?: Paper };
      void?: true;
      reason: string;
    }
  | { type: 'explainDelay'; step: StepKey; text: string }
  | { type: 'contest'; entry: number; text: string }
  | { type: 'answerContest'; entry: number; upheld: boolean; text?: string }
  /** `entry`: the recorded notice whose mismatch is answered; absent = the delivery that was given back */
  | { type: 'answerWrongRecipient'; answer: 'corrected' | 'copy' | 'already-issued'; entry?: number }
  | { type: 'recallDelivery'; entry: number; reason: string }
  | {
      type: 'transferUnit';
      /** whose duties pass; needed only where several units stand in the case */
      from?: UnitId;
      to: UnitId[];
      /** who owes what; each open duty once. One receiver takes over what is not named */
      duties?: DutyShare[];
      /** duties that end here, by this act and for this reason */
      closes?: StepKey[];
      reason?: string;
      instrument: Paper;
    }
  | { type: 'acceptTransfer'; unit: UnitId }
  | { type: 'changeTeam'; team: string }
  | { type: 'amendPlan'; dates: Record<StepId, PaperDate> }
  | { type: 'applyCalendar'; calendar: CompiledCalendar }
  | { type: 'applyProcedure'; procedure: CompiledProcedure }
  | { type: 'recordInspection'; number?: string; keptOutside?: true }
  | { type: 'issueInspection' }
  | { type: 'cancel'; reason: string }
  | { type: 'closeWithoutConclusion'; reason: string }
  | { type: 'endNotices'; ends: { rung: string; office: OfficeId; end: NoticeEnd; at: Instant }[] }
  | { type: 'addSubject'; subject: Subject }
  | { type: 'withdrawSubject'; caseId: string; reason: string }
  | { type: 'launchWave'; wave: number; cases: number }
  | { type: 'completeLaunch'; wave: number }
  | { type: 'withdrawWave'; wave: number; reason: string }
  | { type: 'closeCampaign'; open: number }
  /** a moment the case itself planned has come; given by the workflow, by nobody else */
  | { type: 'passMoment'; moment: Instant };

export type CommandType = CommandBody['type'];
export type Command = CommandBody & { envelope: Envelope };

/** The subject of a case is a body or a Party member, by opaque id. */
export interface Subject {
  caseId: string;
  unit: UnitId;
  kind: 'body' | 'member';
  wave: number;
}
