import {
  COMMAND_UPDATES,
  campaignWorkflowId,
  caseWorkflowId,
  endNoticesCommandId,
  engineEnvelope,
} from '@giamsat/contracts/workflow';
import { board, outbox } from '@giamsat/database';
import { fromMs } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { DATABASE, TEMPORAL } from '../tokens.js';

/** Brings the end of each notice back to its case as a fact (design §4.7): one Update a case and batch. */
@Injectable()
export class EndReporter {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
  ) {}

  async report(limit: number): Promise<void> {
    const ends = await outbox.unreported(this.database, limit);
    const streams = new Map<string, outbox.UnreportedEnd[]>();
    for (const end of ends) {
      const id = end.caseId ?? end.campaignId;
      streams.set(id, [...(streams.get(id) ?? []), end]);
    }
    for (const [id, each] of streams) await this.tell(id, each);
  }

  private async tell(id: string, ends: outbox.UnreportedEnd[]): Promise<void> {
    const isCase = ends[0]!.caseId !== null;
    // The same ends make the same command: told twice, the case answers from its record.
    const commandId = endNoticesCommandId(id, `${ends[0]!.id}/${ends.length}`);
    const command = {
      type: 'endNotices' as const,
      ends: ends.map(({ rung, office, end, at }) => ({ rung, office, end, at })),
      envelope: engineEnvelope(commandId, fromMs(Date.now())),
    };
    try {
      const handle = this.client.workflow.getHandle(isCase ? caseWorkflowId(id) : campaignWorkflowId(id));
      await handle.executeUpdate(COMMAND_UPDATES.endNotices, { updateId: commandId, args: [command] });
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError) || (await this.isRunning(isCase, id))) return;
      // The case has ended; the delivery stream keeps the end.
    }
    await outbox.markReported(
      this.database,
      ends.map((end) => end.id),
    );
  }

  /** Then its workflow is missing: the watchdog's business, and the ends wait. */
  private async isRunning(isCase: boolean, id: string): Promise<boolean> {
    const line = await board.find(this.database, isCase ? 'case' : 'campaign', id);
    return line !== null && ['running', 'suspended'].includes(line.row.status);
  }
}
