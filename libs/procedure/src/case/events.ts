import type { Instant } from '../civil/instant.js';
import type { CompiledCalendar } from '../calendar/calendar.js';
import type { CompiledProcedure, Force, OfficeId, StepId } from '../definition/definition.js';
import type {
  ActDates,
  CommandBody,
  NoticeEnd,
  Paper,
  PaperDate,
  PersonId,
  StepKey,
  Subject,
  UnitId,
  When,
} from './commands.js';

/** What the case is about and what it took over from the campaign; the first event of every stream. */
export interface Opening {
  scope: 'case' | 'campaign';
  campaign: string;
  subject?: Subject;
  /** level of the supervising body; picks the figure where a rule goes by level */
  level: string;
  /** the year of the programme */
  year: number;
  quarter?: number;
  /** campaign steps already done: they appear in every case's history */
  mandate: Record<StepId, { outcome: string; dates: ActDates; paper?: Paper }>;
  /** dates the plan gives, by step */
  planDates: Record<StepId, PaperDate>;
  /** known sessions of collective bodies, by party */
  sessions: Record<string, When[]>;
  team?: string;
  /** entered after the fact: moments are shown, nothing is sent */
  historical: boolean;
}

/** Why a due moved. */
export type DueCause =
  'opened' | 'act' | 'extension' | 'suspension' | 'correction' | 'calendar' | 'procedure' | 'plan' | 'recall';

/** Facts are what somebody did. They repeat the command's body: the decision added nothing but the right to say it. */
type Facts = {
  [T in Exclude<CommandBody['type'], 'passMoment' | 'endNotices' | 'applyCalendar' | 'applyProcedure'>]: Extract<
    CommandBody,
    { type: T }
  > extends infer B
    ? Omit<B, 'type'>
    : never;
};

export interface EventData {
  opened: { opening: Opening; procedure: CompiledProcedure; calendar: CompiledCalendar };
  stepSubmitted: Facts['submitStep'];
  stepCompleted: Facts['completeStep'];
  stepReturned: Facts['returnStep'];
  extensionRequested: Facts['requestExtension'];
  extensionDecided: Facts['decideExtension'];
  suspended: Facts['suspend'];
  resumed: Facts['resume'];
  findingRecorded: Facts['recordFinding'];
  measureRecorded: Facts['recordMeasure'];
  measureJudged: Facts['judgeMeasure'];
  paperRecorded: Facts['recordPaper'];
  entryCorrected: Facts['correctEntry'];
  delayExplained: Facts['explainDelay'];
  contested: Facts['contest'];
  contestAnswered: Facts['answerContest'];
  wrongRecipientAnswered: Facts['answerWrongRecipient'];
  deliveryRecalled: Facts['recallDelivery'];
  unitTransferred: Facts['transferUnit'];
  transferAccepted: Facts['acceptTransfer'];
  teamChanged: Facts['changeTeam'];
  planAmended: Facts['amendPlan'];
  calendarApplied: { calendar: CompiledCalendar };
  procedureApplied: { procedure: CompiledProcedure };
  inspectionRecorded: Facts['recordInspection'];
  inspectionIssued: Facts['issueInspection'];
  cancelled: Facts['cancel'];
  closedWithoutConclusion: Facts['closeWithoutConclusion'];
  subjectAdded: Facts['addSubject'];
  subjectWithdrawn: Facts['withdrawSubject'];
  waveLaunched: Facts['launchWave'];
  launchCompleted: Facts['completeLaunch'];
  waveWithdrawn: Facts['withdrawWave'];
  campaignClosed: Facts['closeCampaign'];
  /** recorded consequences: what was in force from this event on */
  dueSet: { step: StepKey; due: When | null; force: Force; provisional: boolean; was: When | null; cause: DueCause };
  caseEnded: { how: 'closed' | 'cancelled' | 'without-conclusion' };
  overdueBegan: { step: StepKey; due: When; force: Force };
  /** the notice is owed, not yet sent; one per rung, all addressees in it; delivered from `send` on (working hours) */
  rungDue: {
    rung: RungKey;
    step: StepKey;
    id: string;
    due: When;
    to: OfficeId[];
    planned: Instant;
    cause: 'planned' | 'outage' | 'late-entry' | 'proof';
    send: Instant;
    binding: boolean;
    /** offices that are to be told in each of these units, where several share the duty */
    each?: Record<OfficeId, UnitId[]>;
  };
  /** the rung will never be sent */
  rungPassed: {
    rung: RungKey;
    step: StepKey;
    id: string;
    why: 'before-system' | 'historical' | 'late-entry' | 'collapsed';
  };
  /** no proof yet of the rung before: our fault, recorded once, the ladder waits */
  rungHeld: { rung: RungKey; step: StepKey; id: string; waitsFor: RungKey };
  rungUnfounded: {
    rung: RungKey;
    step: StepKey;
    id: string;
    to: OfficeId[];
    why: 'entered-late' | 'corrected' | 'recalled';
  };
  noticeEnded: { rung: RungKey; office: OfficeId; end: NoticeEnd; at: Instant };
}

/** `<step>/<due>/<rung id>`: the same rung of the same due can exist once only, whatever happens in between. */
export type RungKey = string;

export type EventType = keyof EventData;

export type CaseEvent = {
  [T in EventType]: {
    seq: number;
    type: T;
    v: 1;
    /** when it was entered (`as known` goes by this) */
    at: Instant;
    commandId: string;
    by:
      | {
          actor: PersonId;
          capacity: OfficeId;
          onBehalfOf?: OfficeId;
          actingFor?: PersonId;
          unit?: UnitId;
          second?: PersonId;
          secondCapacity?: OfficeId;
        }
      | 'engine';
    dates: ActDates;
    paper?: Paper;
    data: EventData[T];
  };
}[EventType];

export type EventOf<T extends EventType> = Extract<CaseEvent, { type: T }>;

/** The event that a command leaves as its fact. One list: the names of commands and events meet here only. */
export const FACT_OF = {
  submitStep: 'stepSubmitted',
  completeStep: 'stepCompleted',
  returnStep: 'stepReturned',
  requestExtension: 'extensionRequested',
  decideExtension: 'extensionDecided',
  suspend: 'suspended',
  resume: 'resumed',
  recordFinding: 'findingRecorded',
  recordMeasure: 'measureRecorded',
  judgeMeasure: 'measureJudged',
  recordPaper: 'paperRecorded',
  correctEntry: 'entryCorrected',
  explainDelay: 'delayExplained',
  contest: 'contested',
  answerContest: 'contestAnswered',
  answerWrongRecipient: 'wrongRecipientAnswered',
  recallDelivery: 'deliveryRecalled',
  transferUnit: 'unitTransferred',
  acceptTransfer: 'transferAccepted',
  changeTeam: 'teamChanged',
  amendPlan: 'planAmended',
  applyCalendar: 'calendarApplied',
  applyProcedure: 'procedureApplied',
  recordInspection: 'inspectionRecorded',
  issueInspection: 'inspectionIssued',
  cancel: 'cancelled',
  closeWithoutConclusion: 'closedWithoutConclusion',
  addSubject: 'subjectAdded',
  withdrawSubject: 'subjectWithdrawn',
  launchWave: 'waveLaunched',
  completeLaunch: 'launchCompleted',
  withdrawWave: 'waveWithdrawn',
  closeCampaign: 'campaignClosed',
} as const satisfies Partial<Record<CommandBody['type'], EventType>>;
