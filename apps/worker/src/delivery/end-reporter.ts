import { createHash } from 'node:crypto';
import { Commander } from '@giamsat/contracts/temporal';
import { endNoticesCommandId, engineEnvelope, type Answer, type CommitInput } from '@giamsat/contracts/workflow';
import { board, commitStream, ledger, outbox } from '@giamsat/database';
import { decide, fold, fromMs, isOpen, rowOf, type Command } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { DATABASE, LOG } from '../tokens.js';

/** Brings the end of each notice back to its case as a fact (design §4.7): one Update a case and batch. */
@Injectable()
export class EndReporter {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(LOG) private readonly log: Logger,
    private readonly commander: Commander,
  ) {}

  /** What cannot be told now is told by a later call; true when nothing is left to tell. */
  async report(limit: number): Promise<boolean> {
    const ends = await outbox.unreported(this.database, limit);
    const streams = new Map<string, outbox.UnreportedEnd[]>();
    for (const end of ends) {
      const id = end.caseId ?? end.campaignId;
      streams.set(id, [...(streams.get(id) ?? []), end]);
    }
    const told = await Promise.all([...streams].map(([id, each]) => this.tell(id, each)));
    return ends.length < limit && !told.includes(false);
  }

  private async tell(id: string, ends: outbox.UnreportedEnd[]): Promise<boolean> {
    const stream = { scope: ends[0]!.caseId === null ? 'campaign' : 'case', id } as const;
    // The same ends make the same command: told twice, the case answers from its record.
    const digest = createHash('sha256').update(ends.map((end) => end.id).join());
    const commandId = endNoticesCommandId(id, digest.digest('hex').slice(0, 32));
    const command: Command = {
      type: 'endNotices',
      ends: ends.map(({ rung, office, end, at }) => ({ rung, office, end, at })),
      envelope: engineEnvelope(commandId, fromMs(Date.now())),
    };
    try {
      const answer = await this.give(stream, command);
      if (answer.outcome === 'refused') this.log.error({ ...stream, code: answer.refusal?.code }, REFUSED);
    } catch (error) {
      this.log.warn({ ...stream, error: (error as Error).name }, 'ends of notices wait for their case');
      return false;
    }
    await outbox.markReported(
      this.database,
      ends.map((end) => end.id),
    );
    return true;
  }

  private async give(stream: Stream, command: Command): Promise<Answer> {
    try {
      return await this.commander.give(stream, command);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      const line = await board.find(this.database, stream.scope, stream.id);
      // Then its workflow is missing: the watchdog's business, and the ends wait.
      if (line === null || isOpen(line.row)) throw error;
      return this.record(stream, command);
    }
  }

  /** The case has ended and nobody decides for it any more: the same decision, the same transaction, without a workflow. */
  private async record({ scope, id }: Stream, command: Command): Promise<Answer> {
    for (;;) {
      const state = fold(await ledger.eventsOf(this.database, { kind: scope, id }));
      const decision = decide(state, command, fromMs(Date.now()));
      const row = rowOf('events' in decision ? decision.state : state);
      const { commandId, grants, actor } = command.envelope;
      const attested = this.commander.attest({ scope, id }, command);
      const input = { scope, id, commandId, afterSeq: state.seq, decision, row, grants, actor, attested };
      const { answer } = await commitStream(this.database, input);
      // Null = somebody was faster, and there is more to decide on.
      if (answer) return answer;
    }
  }
}

type Stream = Pick<CommitInput, 'scope' | 'id'>;
const REFUSED = 'a case does not know the notices that ended';
