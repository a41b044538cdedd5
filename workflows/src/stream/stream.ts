import type { Answer, CommitResult, StreamInput } from '@giamsat/contracts/workflow';
import { engineEnvelope, momentCommandId } from '@giamsat/contracts/workflow';
import { apply, decide, fold, rowOf, type CaseEvent, type CaseState, type Command } from '@giamsat/procedure';
import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { catchUp, commit } from './commit.js';

/**
 * A case or a campaign as Postgres last told it (design §3.2). Commands and due moments run one at a time, in the order
 * they came; each is decided on this state, committed, and only what the commit returned is applied. Nothing here branches
 * on what the core decided, so a history replays under every later core (design §3.4).
 */
export class Stream {
  state: CaseState;
  next: string | null;
  nudges = 0;
  readonly events: CaseEvent[];
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly input: StreamInput,
    private readonly onEvent: (event: CaseEvent) => void = () => undefined,
  ) {
    this.events = [...input.events];
    this.state = fold(input.events);
    this.next = input.nextMoment;
  }

  /** Answers a command that was decided before, by this run or another, with its stored answer. */
  give(command: Command): Promise<Answer> {
    if (!command?.envelope?.commandId) throw ApplicationFailure.nonRetryable('not a command', 'NOT_A_COMMAND');
    return this.inTurn(async () => {
      for (;;) {
        const { kind, answer } = await this.commit(command);
        if (kind === 'behind') continue;
        if (!answer) throw ApplicationFailure.nonRetryable('a commit without an answer', 'NO_ANSWER');
        return answer;
      }
    });
  }

  /** False when it left nothing. When the ledger was ahead, the moment may be gone: the caller looks again at `next`. */
  pass(moment: string): Promise<boolean> {
    return this.inTurn(async () => {
      if (this.next !== moment) return true;
      const { seq } = this.state;
      const { kind } = await this.commit(this.passing(moment, moment));
      // Something may be planned for an hour that has acted before; the seq tells the second time from the first.
      if (kind === 'known' && this.next === moment)
        await this.commit(this.passing(moment, `${moment}/${this.state.seq}`));
      return this.state.seq > seq;
    });
  }

  nudge(): Promise<void> {
    return this.inTurn(async () => {
      const found = await catchUp(this.input, this.state.seq);
      if (found) this.take(found);
      this.nudges++;
    });
  }

  /** What a new run of the same workflow starts from. */
  toInput(): StreamInput {
    return { ...this.input, events: this.events, nextMoment: this.next };
  }

  private passing(moment: string, name: string): Command {
    const stream = `${this.input.scope}/${this.input.id}`;
    return { type: 'passMoment', moment, envelope: engineEnvelope(momentCommandId(stream, name), now()) };
  }

  private async commit(command: Command): Promise<CommitResult> {
    const decision = decide(this.state, command, now());
    const isAccepted = 'events' in decision;
    const { commandId, grants, actor } = command.envelope;
    const { scope, id } = this.input;
    const result = await commit({
      scope,
      id,
      commandId,
      afterSeq: this.state.seq,
      decision: isAccepted ? { events: decision.events } : decision,
      row: rowOf(isAccepted ? decision.state : this.state),
      grants,
      actor,
    });
    this.take(result);
    return result;
  }

  private take({ events, nextMoment }: Pick<CommitResult, 'events' | 'nextMoment'>): void {
    for (const event of events) {
      this.state = apply(this.state, event);
      this.events.push(event);
      this.onEvent(event);
    }
    this.next = nextMoment;
  }

  /** First come, first served. A case is ended by an act with a reason, never by Temporal's cancel, which is ignored here. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(() => CancellationScope.nonCancellable(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** The time of the workflow task, the same in every replay. */
const now = (): string => new Date(Date.now()).toISOString();
