import { startStream } from '@giamsat/contracts/temporal';
import {
  caseWorkflowId,
  engineEnvelope,
  fanOutCommandId,
  type LaunchActivities,
  updateFor,
} from '@giamsat/contracts/workflow';
import { campaigns, launches, ledger } from '@giamsat/database';
import type { CaseEvent, Command, CommandBody } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { DATABASE, TEMPORAL } from '../tokens.js';

/** In flight at once: what a server of this size takes without turning anybody away. */
const IN_FLIGHT = 32;

/** What a campaign does to its cases. Safe to kill and repeat at any point (design §3.9). */
@Injectable()
export class LaunchActivity implements LaunchActivities {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
  ) {}

  /** Starts every workflow of the wave that is not known to stand; the board shows how many do meanwhile. */
  async launchWave(input: { campaignId: string; wave: number }): Promise<{ standing: number }> {
    for (;;) {
      const batch = await launches.toStart(this.database, { ...input, limit: IN_FLIGHT });
      await Promise.all(batch.map((stream) => startStream(this.client, stream)));
      const caseIds = batch.map(({ id }) => id);
      const { standing } = await launches.markStanding(this.database, { ...input, caseIds });
      Context.current().heartbeat(standing);
      if (batch.length === 0) return { standing };
    }
  }

  /** Hands one act of the campaign to its open cases. A case that has heard of it answers from the record. */
  async fanOut({ campaignId, seq }: { campaignId: string; seq: number }): Promise<{ reached: number }> {
    const [event] = await ledger.eventsOf(this.database, { kind: 'campaign', id: campaignId, afterSeq: seq - 1 });
    const spread = event && spreadOf(event);
    if (!event || !spread) return { reached: 0 };
    let reached = 0;
    for (let after: string | undefined; ;) {
      const page = await campaigns.openCases(this.database, { campaignId, after, limit: IN_FLIGHT, wave: spread.wave });
      const cases = spread.caseId === undefined ? page.items : page.items.filter((id) => id === spread.caseId);
      await Promise.all(cases.map((id) => this.hand(id, fanOutCommandId(campaignId, seq, id), event, spread.body)));
      reached += cases.length;
      Context.current().heartbeat(reached);
      if (page.next === null) return { reached };
      after = page.next;
    }
  }

  private async hand(caseId: string, commandId: string, event: CaseEvent, body: CommandBody): Promise<void> {
    const { paper, dates, at } = event;
    const envelope = { ...engineEnvelope(commandId, at), dates, ...(paper ? { paper } : {}) };
    const command: Command = { ...body, envelope };
    await this.client.workflow
      .getHandle(caseWorkflowId(caseId))
      .executeUpdate(updateFor(command), { updateId: commandId, args: [command] });
  }
}

interface Spread {
  body: CommandBody;
  wave?: number;
  caseId?: string;
}

/** What an event of the campaign asks of its cases, and of which. */
function spreadOf(event: CaseEvent): Spread | null {
  switch (event.type) {
    case 'teamChanged':
      return { body: { type: 'changeTeam', ...event.data } };
    case 'planAmended':
      return { body: { type: 'amendPlan', ...event.data } };
    case 'calendarApplied':
      return { body: { type: 'applyCalendar', ...event.data } };
    case 'procedureApplied':
      return { body: { type: 'applyProcedure', ...event.data } };
    case 'waveWithdrawn':
      return { body: { type: 'cancel', reason: event.data.reason }, wave: event.data.wave };
    case 'subjectWithdrawn':
      return { body: { type: 'cancel', reason: event.data.reason }, caseId: event.data.caseId };
    default:
      return null;
  }
}
