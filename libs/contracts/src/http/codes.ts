import { REFUSAL_CODES, type RefusalCode } from '@giamsat/procedure';
import type { CommitRefusal } from '../workflow/messages.js';

/** What the door itself can answer, before and after the core is asked. */
export const DOOR_CODES = [
  'INVALID',
  'NOT_JSON',
  'TOO_LARGE',
  'UNAUTHENTICATED',
  'LOGIN_FAILED',
  'CODE_NEEDED',
  'THROTTLED',
  'BUSY',
  'TOO_MANY',
  'FOREIGN_ORIGIN',
  'CSRF_MISSING',
  'PASSWORD_CHANGE_NEEDED',
  'PROOF_NEEDED',
  'PROOF_WRONG',
  'SECOND_FACTOR_NEEDED',
  'SECOND_FACTOR_OFF',
  'LOGIN_TAKEN',
  'NOT_FOUND',
  'KEY_MISSING',
  'BEFORE_BEGINNING',
  'VERSION_MOVED',
  'DRAFT_NOT_EDITABLE',
  'GATE_CLOSED',
  'REGISTER_REFUSED',
  'CAPACITY_UNCLEAR',
  'NOTICE_UNREADABLE',
  'PAYLOAD_UNREADABLE',
  'NO_ANSWER_YET',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type DoorCode = (typeof DOOR_CODES)[number];

/** Refusals that only the transaction finds. */
export const COMMIT_CODES = ['GRANT_TAKEN', 'KEY_REUSED'] as const satisfies CommitRefusal[];

export type ProblemCode = RefusalCode | CommitRefusal | DoorCode;
export const PROBLEM_CODES: readonly ProblemCode[] = [...REFUSAL_CODES, ...COMMIT_CODES, ...DOOR_CODES];

/** HTTP status of a code; every refusal of the core is 409: the request was right, the case was not. */
export function statusOf(code: ProblemCode): number {
  return STATUS[code as DoorCode] ?? 409;
}

const STATUS: Partial<Record<ProblemCode, number>> = {
  INVALID: 400,
  NOT_JSON: 415,
  TOO_LARGE: 413,
  UNAUTHENTICATED: 401,
  LOGIN_FAILED: 401,
  CODE_NEEDED: 401,
  THROTTLED: 429,
  BUSY: 503,
  TOO_MANY: 429,
  FOREIGN_ORIGIN: 403,
  CSRF_MISSING: 403,
  PASSWORD_CHANGE_NEEDED: 403,
  PROOF_NEEDED: 403,
  PROOF_WRONG: 403,
  SECOND_FACTOR_NEEDED: 403,
  NOT_FOUND: 404,
  KEY_MISSING: 400,
  KEY_REUSED: 422,
  BEFORE_BEGINNING: 422,
  CAPACITY_UNCLEAR: 422,
  NOTICE_UNREADABLE: 422,
  PAYLOAD_UNREADABLE: 422,
  NO_ANSWER_YET: 503,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};
