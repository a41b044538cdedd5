import {
  FACT_OF,
  type CaseEvent,
  type CaseRow,
  type Command,
  type CommandType,
  type RefusalCode,
} from '@giamsat/procedure';
import { type UpdateDefinition } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

/** Input of `case` and `campaign` workflows. State = fold(events): one at launch, the whole ledger at restore or move. */
export interface StreamInput {
  scope: 'case' | 'campaign';
  id: string;
  /** how the workflow behaves where the server sees it, see `STREAM_SCHEMA` */
  schema?: 1 | 2 | 3;
  events: CaseEvent[];
  /** next moment of the board row those events left: recorded, so that a newer core cannot change what a replay does */
  nextMoment: string | null;
}

export interface Answer {
  outcome: 'accepted' | 'refused';
  /** seq of the stream after this command (accepted) or when it was refused */
  seq: number;
  refusal?: { code: RefusalCode | CommitRefusal; params: Record<string, string | number | boolean | null> };
}

/** Refusals only the transaction can find. */
export type CommitRefusal = 'GRANT_TAKEN' | 'KEY_REUSED';

/** Argument of the one commit activity (design §3.2). Not in the history when it runs as a local activity. */
export interface CommitInput {
  scope: 'case' | 'campaign';
  id: string;
  commandId: string;
  /** last event the workflow has applied */
  afterSeq: number;
  decision:
    | { events: CaseEvent[] }
    | { refusal: { code: RefusalCode; params: Record<string, string | number | boolean | null> } };
  /** board row after these events; the next moment is in it */
  row: CaseRow;
  /** grants to re-read FOR SHARE; empty for the engine's own moments */
  grants: string[];
  actor: string;
  /** the command as it was sent, and what attests it; the mac is missing on what the workflow does by itself */
  attested: { command: Command; mac: string | null };
}

/**
 * What a replay asks again: its answer stands in the history, so nothing is decided for it. Where the history ends before
 * the answer the activity runs after all, writes nothing and says `behind`; then it is decided.
 */
export type UndecidedCommit = Omit<CommitInput, 'decision' | 'row'> & { decision: null };

/**
 * done: written (or refusal stored) · known: this commandId was decided before, `answer` is the stored one ·
 * behind: the ledger is past `afterSeq`, nothing was written. `events` are all events after `afterSeq`, own ones included.
 */
export interface CommitResult {
  kind: 'done' | 'known' | 'behind';
  events: CaseEvent[];
  nextMoment: string | null;
  answer: Answer | null;
}

export interface StreamActivities {
  commit(input: CommitInput | UndecidedCommit): Promise<CommitResult>;
  /** What the ledger holds past `afterSeq`; writes nothing. */
  catchUp(input: { scope: 'case' | 'campaign'; id: string; afterSeq: number }): Promise<CaughtUp>;
}
export type CaughtUp = Pick<CommitResult, 'events' | 'nextMoment'>;

export interface LaunchActivities {
  /** Starts the workflows of one wave, heartbeating; safe to kill and repeat. Returns how many stand. */
  launchWave(input: { campaignId: string; wave: number }): Promise<{ standing: number }>;
  /** Hands the acts of the campaign up to `seq` to all its open cases; a case that is missing holds up nobody. */
  fanOut(input: { campaignId: string; seq: number }): Promise<{ reached: number }>;
}

export interface DeliveryActivities {
  /** Sends one batch of due outbox rows; returns how many were handled and when the next is due. */
  deliverBatch(input: { limit: number }): Promise<{ handled: number; next: string | null }>;
}

type CommandName = Exclude<CommandType, 'passMoment'>;
type CommandUpdates = { [T in CommandName]: UpdateDefinition<Answer, [Extract<Command, { type: T }>, string?]> };

/** Updates named by the verb: Temporal's own UI then reads as the story (design §3.5). The core's list is the only one. */
export const COMMAND_UPDATES = Object.fromEntries(
  [...Object.keys(FACT_OF), 'endNotices'].map((name) => [name, defineUpdate(name)]),
) as unknown as CommandUpdates;

/** For whoever has a command and not its name: TypeScript cannot follow name and body together through the union. */
export const updateFor = (command: Command): UpdateDefinition<Answer, [Command, string?]> =>
  COMMAND_UPDATES[command.type as CommandName] as unknown as UpdateDefinition<Answer, [Command, string?]>;

/** From the watchdog: look at the ledger and the clock again. Harmless at any time. */
export const nudgeSignal = defineSignal('nudge');
export const wakeDeliverySignal = defineSignal('wake');
export const seqQuery = defineQuery<{ seq: number; nextMoment: string | null }>('seq');
