import { Commander } from '@giamsat/contracts/temporal';
import { engineEnvelope, fanOutCommandId } from '@giamsat/contracts/workflow';
import { campaigns, commands, ledger } from '@giamsat/database';
import { fromMs, type CaseEvent, type Command, type CommandBody } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { DATABASE } from '../tokens.js';

const IN_FLIGHT = 32;

interface Spread {
  body: CommandBody;
  wave?: number;
  caseId?: string;
}

/** Hands one act of a campaign on to its open cases, once each: the command's id derives from campaign, seq and case. */
@Injectable()
export class FanOut {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly commander: Commander,
  ) {}

  /**
   * Returns how many cases have heard of it. Repeated after a restore of the campaign, it passes over those that have.
   * @throws the first failure, after all others were tried: a case whose workflow is missing must not miss the act
   */
  async spread(campaignId: string, seq: number, onProgress: (reached: number) => void): Promise<number> {
    const events = await ledger.eventsOf(this.database, { kind: 'campaign', id: campaignId });
    const event = events.find((each) => each.seq === seq);
    const spread = event && spreadOf(event);
    if (!event || !spread) return 0;
    const failures: unknown[] = [];
    let reached = 0;
    for await (const cases of this.casesOf(campaignId, events, spread, seq)) {
      const told = await Promise.allSettled(cases.map((id) => this.tell(campaignId, id, event, spread.body)));
      failures.push(...told.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])));
      reached += cases.length;
      onProgress(reached);
    }
    if (failures.length > 0) throw failures[0];
    return reached;
  }

  /** Cases launched after the act have taken it over at their opening: telling them would bring old things back. */
  private async *casesOf(campaignId: string, events: CaseEvent[], { wave, caseId }: Spread, seq: number) {
    const launched = events.flatMap((each) => (each.type === 'waveLaunched' && each.seq < seq ? [each.data.wave] : []));
    for (const each of wave === undefined ? launched : [wave]) {
      let after: string | undefined;
      do {
        const page = await campaigns.openCases(this.database, { campaignId, after, limit: IN_FLIGHT, wave: each });
        yield caseId === undefined ? page.items : page.items.filter((id) => id === caseId);
        after = page.next ?? undefined;
      } while (after !== undefined);
    }
  }

  private async tell(campaignId: string, id: string, event: CaseEvent, body: CommandBody): Promise<void> {
    const commandId = fanOutCommandId(campaignId, event.seq, id);
    if (await commands.find(this.database, commandId)) return;
    const { paper, dates } = event;
    const envelope = { ...engineEnvelope(commandId, fromMs(Date.now())), dates, ...(paper ? { paper } : {}) };
    const command: Command = { ...body, envelope };
    await this.commander.give({ scope: 'case', id }, command);
  }
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
    case 'cancelled':
      return { body: { type: 'cancel', reason: event.data.reason } };
    default:
      return null;
  }
}
