import type { Answer, CaughtUp, CommitResult, StreamInput } from '@giamsat/contracts/workflow';
import { engineEnvelope, momentCommandId } from '@giamsat/contracts/workflow';
import {
  apply,
  decide,
  fold,
  rowOf,
  type CaseEvent,
  type CaseState,
  type Command,
  type Decision,
} from '@giamsat/procedure';
import { ApplicationFailure, CancellationScope, log, workflowInfo } from '@temporalio/workflow';
import { Alarm } from './alarm.js';
import { catchUp, commit } from './commit.js';

/**
 * A case or a campaign as Postgres last told it (design §3.2). Commands and due moments run one at a time, in the order
 * they came; each is decided on this state, committed, and only what the commit answers changes it. What is recorded here
 * never depends on what the core decided, so a history replays under every later core (design §3.4).
 *
 * Few promises on purpose: the SDK takes a stack trace for each, in every replay again.
 */
export class Stream {
  state: CaseState;
  next: string | null;
  readonly events: CaseEvent[];
  /** A case is ended by an act with a reason, never by Temporal's cancel, which stops here. */
  readonly shield = new CancellationScope({ cancellable: false });
  /** Resolves when the stream has ended, or when its history has grown so long that the server asks for a new run. */
  readonly over: Promise<void>;
  private end!: () => void;
  private readonly alarm: Alarm;
  private readonly waiting: (() => void)[] = [];
  private isTaken = false;
  /** What was put to the ledger last and has no answer yet. */
  private proposed: Extract<Decision, { events: unknown }> | null = null;

  constructor(
    readonly input: StreamInput,
    private readonly onEvent: (event: CaseEvent) => void = () => undefined,
  ) {
    this.alarm = new Alarm(this.shield, (moment) => this.pass(moment), input.schema ?? 1);
    this.events = [...input.events];
    this.state = fold(input.events);
    this.next = input.nextMoment;
    this.over = new Promise((end) => (this.end = end));
  }

  get idle(): boolean {
    return !this.isTaken;
  }

  /** From now on moments pass by themselves. */
  begin(): void {
    this.alarm.set(this.next);
    this.endIfOver();
  }

  /**
   * Answers a command that was decided before, by this run or another, with its stored answer. `mac` attests it: without one,
   * the commit takes only what a workflow does by itself.
   */
  give(command: Command, mac?: string): Promise<Answer> {
    if (!command?.envelope?.commandId) throw ApplicationFailure.nonRetryable('not a command', 'NOT_A_COMMAND');
    return this.inTurn(() => this.act(command, mac));
  }

  nudge(): Promise<void> {
    return this.inTurn(async () => {
      const found = await catchUp(this.input, this.state.seq);
      if (found) this.take(found);
      this.alarm.again();
    });
  }

  /** What a new run of the same workflow starts from. */
  toInput(): StreamInput {
    return { ...this.input, events: this.events, nextMoment: this.next };
  }

  private async act(command: Command, mac?: string): Promise<Answer> {
    for (;;) {
      const { kind, answer } = this.take(await this.commit(command, mac));
      if (kind === 'behind') continue;
      if (!answer) throw ApplicationFailure.nonRetryable('a commit without an answer', 'NO_ANSWER');
      return answer;
    }
  }

  /** Until nothing is left of this moment; one that leaves nothing waits for a nudge. */
  private pass(moment: string): Promise<void> {
    return this.inTurn(async () => {
      while (this.next === moment) {
        const { seq } = this.state;
        let { kind } = this.take(await this.commit(this.passing(moment, moment)));
        // Something may be planned for an hour that has acted before; the seq tells the second time from the first.
        if (kind === 'known' && this.next === moment)
          ({ kind } = this.take(await this.commit(this.passing(moment, `${moment}/${this.state.seq}`))));
        if (kind !== 'behind' && this.state.seq === seq) return log.warn('a due moment did not pass', { moment });
      }
    });
  }

  private passing(moment: string, name: string): Command {
    const stream = `${this.input.scope}/${this.input.id}`;
    return { type: 'passMoment', moment, envelope: engineEnvelope(momentCommandId(stream, name), now()) };
  }

  private commit(command: Command, mac?: string): Promise<CommitResult> {
    const { commandId, grants, actor } = command.envelope;
    const { scope, id } = this.input;
    const asked = {
      scope,
      id,
      commandId,
      afterSeq: this.state.seq,
      grants,
      actor,
      attested: { command, mac: mac ?? null },
    };
    this.proposed = null;
    // A replay follows what was recorded, whatever would be decided now: a third of its time for nothing.
    if (workflowInfo().unsafe.isReplaying) return commit({ ...asked, decision: null });
    const decision = decide(this.state, command, now());
    this.proposed = 'events' in decision ? decision : null;
    const row = rowOf(this.proposed?.state ?? this.state);
    return commit({ ...asked, decision: this.proposed ? { events: this.proposed.events } : decision, row });
  }

  private take<R extends CaughtUp | CommitResult>(result: R): R {
    const { events, state } = this.taken(result);
    this.state = state;
    for (const event of events) {
      this.events.push(event);
      this.onEvent(event);
    }
    this.next = result.nextMoment;
    this.alarm.set(this.next);
    return result;
  }

  /** What was written as it was proposed is not applied again: its state is there, with all that was worked out on it. */
  private taken(result: CaughtUp | CommitResult): { events: CaseEvent[]; state: CaseState } {
    const { proposed } = this;
    this.proposed = null;
    const isOwn = 'kind' in result && result.kind === 'done' && result.answer?.outcome === 'accepted';
    if (isOwn && proposed) return proposed;
    return { events: result.events, state: result.events.reduce(apply, this.state) };
  }

  /** First come, first served. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.isTaken) return new Promise<void>((go) => this.waiting.push(go)).then(() => this.turn(work));
    this.isTaken = true;
    return this.turn(work);
  }

  private turn<T>(work: () => Promise<T>): Promise<T> {
    return this.shield.run(work).then(
      (answer) => {
        this.leave();
        return answer;
      },
      (error: unknown) => {
        this.leave();
        throw error;
      },
    );
  }

  private leave(): void {
    this.endIfOver();
    const next = this.waiting.shift();
    if (next) next();
    else this.isTaken = false;
  }

  private endIfOver(): void {
    if (this.state.ended !== null || workflowInfo().continueAsNewSuggested) this.end();
  }
}

/** The time of the workflow task, the same in every replay. */
const now = (): string => new Date(Date.now()).toISOString();
