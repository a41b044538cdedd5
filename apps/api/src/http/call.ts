import type { RouteName, Routes } from '@giamsat/contracts/http';
import type { Request, Response } from 'express';
import type { z } from 'zod';

/** Who is signed in. */
export interface SignedIn {
  person: string;
  /** hash of the session's token: names the session, opens nothing */
  session: string;
  login: string;
  name: string;
  /** gave the password again in this session within the last five minutes */
  isConfirmed: boolean;
  /** has a one-time password, which opens nothing but its own change */
  mustChange: boolean;
  hasFactor: boolean;
  /** of a cookie; null for a token */
  csrf: string | null;
}

/** An office held on what the call is about, and the grant (office_holder id) it rests on; the closest first. */
export interface Standing {
  office: string;
  grant: string;
  /** the supervised unit it speaks for */
  forUnit?: string | null;
  /** who is absent, when the office is held for somebody */
  actingFor?: string | null;
}

/** What is put on record of a call: who asked what, on what ground. A handler that finds out more adds it. */
export interface Trace {
  person: string;
  standing: Standing[];
  /** method and path of the route */
  act: string;
  caseId?: string;
  campaignId?: string;
}

type Part<R, K extends string> = K extends keyof R ? (R[K] extends z.ZodType ? z.output<R[K]> : undefined) : undefined;

/** What a handler is given: everything parsed, everybody known, every right to be here looked up. */
export interface Call<N extends RouteName = RouteName> {
  params: Part<Routes[N], 'params'>;
  query: Part<Routes[N], 'query'>;
  body: Part<Routes[N], 'body'>;
  /** of the header Idempotency-Key, on routes that ask for it */
  key: string;
  /** undefined on routes for everybody */
  who: SignedIn;
  /** on what `:id` names; empty elsewhere */
  standing: Standing[];
  /** undefined on routes for everybody */
  trace: Trace;
  /** moment the server took the request */
  at: string;
  request: Request;
  response: Response;
}

export type AnswerOf<N extends RouteName> = z.input<Routes[N]['response']>;
export const CALL = Symbol('call');
export type CarryingCall = Request & { [CALL]?: Call };
