/** Every reason the core can give for a no: a closed list, and a test produces each one. */
const OF_THE_CORE = [
  'STEP_UNKNOWN',
  'STEP_NOT_OPEN',
  'STEP_NOT_SUBMITTED',
  'STEP_NEEDS_SUBMISSION',
  'OUTCOME_UNKNOWN',
  'OUTCOME_NOT_A_RETURN',
  'OUTCOME_IS_A_RETURN',
  'NOT_ALLOWED',
  'DATE_MISSING',
  'DATE_INVALID',
  'DATE_IN_FUTURE',
  'DATE_ORDER',
  'DATE_NOT_YOURS',
  'NOTICE_TOO_SHORT',
  'PAPER_MISSING',
  'EXTENSION_NOT_POSSIBLE',
  'EXTENSION_USED',
  'EXTENSION_PENDING',
  'EXTENSION_TOO_LONG',
  'EXTENSION_UNKNOWN',
  'ALREADY_SUSPENDED',
  'NOT_SUSPENDED',
  'ID_TAKEN',
  'FINDING_UNKNOWN',
  'MEASURE_UNKNOWN',
  'ENTRY_UNKNOWN',
  'ENTRY_DERIVED',
  'ENTRY_NOT_CORRECTABLE',
  'ENTRY_ALREADY_CORRECTED',
  'CORRECTION_BREAKS_LATER',
  'SECOND_PERSON_MISSING',
  'SAME_PERSON',
  'NOT_LATE',
  'NOT_CONTESTED',
  'NOTHING_TO_ANSWER',
  'NOTHING_TO_RECALL',
  'TRANSFER_UNKNOWN',
  'UNIT_NOT_STANDING',
  'NOT_A_SUCCESSOR',
  'NOTHING_TO_TAKE_OVER',
  'DUTY_UNKNOWN',
  'DUTY_TWICE',
  'DUTY_NOT_NAMED',
  'DUTY_SHARED',
  'REASON_MISSING',
  'NOTHING_LEFT',
  'INSPECTION_NOT_FOUNDED',
  'INSPECTION_UNKNOWN',
  'CASE_ENDED',
  'CASES_OPEN',
  'CAMPAIGN_NOT_READY',
  'LAUNCH_IN_PROGRESS',
  'WAVE_UNKNOWN',
  'SCOPE',
  'SEQ_MOVED',
  'NOTHING_DUE',
  'NOTICE_UNKNOWN',
  'NOTICE_UNANSWERED',
] as const;

/**
 * What only those around it can see: a state secret at the door, a subject the plan does not have, a wave that was told or
 * worked on meanwhile, a proposal that is not what it was.
 */
export const OF_THE_DOORS = ['PAPER_SECRET', 'SUBJECT_UNKNOWN', 'WAVE_TOLD', 'WAVE_BEGUN', 'PROPOSAL_STALE'] as const;

/** One list for the record, the api and its words. */
export const REFUSAL_CODES = [...OF_THE_CORE, ...OF_THE_DOORS] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refusal {
  code: RefusalCode;
  params: Record<string, string | number | boolean | null>;
}

export const no = (code: RefusalCode, params: Refusal['params'] = {}): Refusal => ({ code, params });
