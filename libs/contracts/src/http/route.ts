import { z } from 'zod';
import type { ProblemCode } from './codes.js';
import type { Words } from './words.js';

/**
 * Who may call. `everybody` has no session · `person` is anybody signed in · `case` and `campaign` hold an office on the one
 * named by `:id` that day (for anybody else it does not exist) · `planner` holds, in some unit, an office that plans · `administrator` keeps
 * the accounts.
 * What a command may do is decided by the core, not here.
 */
export type Access = 'everybody' | 'person' | 'case' | 'campaign' | 'planner' | 'administrator';

export interface RouteSpec {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** below the prefix, parameters as `:name` */
  path: string;
  access: Access;
  summary: Words;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  response: z.ZodType;
  /** of a success; 200 unless told */
  status?: number;
  /** asks for the header Idempotency-Key, a UUID chosen by the client */
  keyed?: true;
  /** asks for the password given again in this session, at most five minutes ago */
  proof?: true;
  /** open to whoever has still to change a one-time password */
  beforeChange?: true;
  /** a list over cases that names none of them: its reads are put on record too */
  readsCases?: true;
  /** what `:id` names, for who needs no office on it: goes on record */
  idIsOf?: 'case' | 'campaign';
  /** beside those every route can give */
  problems?: readonly ProblemCode[];
}

export const PREFIX = '/api';
export const KEY_HEADER = 'idempotency-key';
/** Carries what only a page of our own origin was told; asked of a cookie that changes something. */
export const CSRF_HEADER = 'x-csrf-token';
export const idempotencyKey = z.uuid();

/** Problems any route of this kind can answer with. */
export function problemsOf(route: RouteSpec): ProblemCode[] {
  const takesInput = route.params || route.query || route.body;
  return [
    ...(route.access === 'everybody' ? [] : (['UNAUTHENTICATED', 'TOO_MANY'] as const)),
    ...(route.access === 'everybody' || route.method === 'GET' ? [] : (['CSRF_MISSING'] as const)),
    ...(route.access === 'everybody' || route.beforeChange ? [] : (['PASSWORD_CHANGE_NEEDED'] as const)),
    ...(route.proof ? (['PROOF_NEEDED'] as const) : []),
    ...(['case', 'campaign', 'planner', 'administrator'].includes(route.access) ? (['NOT_FOUND'] as const) : []),
    ...(takesInput ? (['INVALID'] as const) : []),
    ...(route.body ? (['NOT_JSON', 'TOO_LARGE', 'FOREIGN_ORIGIN'] as const) : []),
    ...(route.keyed ? (['KEY_MISSING', 'KEY_REUSED'] as const) : []),
    ...(route.problems ?? []),
    'UNAVAILABLE',
    'INTERNAL',
  ];
}
