import { Commander } from '@giamsat/contracts/temporal';
import { endNoticesCommandId, engineEnvelope } from '@giamsat/contracts/workflow';
import { board, outbox } from '@giamsat/database';
import { fromMs, type Command } from '@giamsat/procedure';
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
    const scope = ends[0]!.caseId === null ? 'campaign' : 'case';
    // The same ends make the same command: told twice, the case answers from its record.
    const commandId = endNoticesCommandId(id, `${ends[0]!.id}/${ends.length}`);
    const command: Command = {
      type: 'endNotices',
      ends: ends.map(({ rung, office, end, at }) => ({ rung, office, end, at })),
      envelope: engineEnvelope(commandId, fromMs(Date.now())),
    };
    try {
      await this.commander.give({ scope, id }, command);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || (await this.isRunning(scope, id))) {
        this.log.warn({ scope, id, error: (error as Error).name }, 'ends of notices wait for their case');
        return false;
      }
      // The case has ended; the delivery stream keeps the end.
    }
    await outbox.markReported(
      this.database,
      ends.map((end) => end.id),
    );
    return true;
  }

  /** Then its workflow is missing: the watchdog's business, and the ends wait. */
  private async isRunning(scope: 'case' | 'campaign', id: string): Promise<boolean> {
    const line = await board.find(this.database, scope, id);
    return line !== null && ['running', 'suspended'].includes(line.row.status);
  }
}
