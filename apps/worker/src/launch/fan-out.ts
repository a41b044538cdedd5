import { Commander } from '@giamsat/contracts/temporal';
import { engineEnvelope, fanOutCommandId } from '@giamsat/contracts/workflow';
import { board, campaigns, commands, ledger, watch } from '@giamsat/database';
import { fromMs, isOpen, type CaseEvent, type Command, type CommandBody } from '@giamsat/procedure';
import { Inject, Injectable } from '@nestjs/common';
import { WorkflowNotFoundError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { DATABASE, TEMPORAL } from '../tokens.js';

const IN_FLIGHT = 32;
/** A case that is silent for so long must not hold up the others. */
const ANSWER_MS = 10_000;
/** Stands for a case that could not be told of an act of its campaign; the watchdog tells it when it is back. */
export const ALARM_UNHEARD = 'act-unheard';

interface Act {
  event: CaseEvent;
  body: CommandBody;
  wave?: number;
  caseId?: string;
}

/**
 * Hands the acts of a campaign on to its open cases, each once (the command's id derives from campaign, seq and case) and
 * in their order: whoever hears of one has heard of those before it.
 */
@Injectable()
export class FanOut {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
    private readonly commander: Commander,
  ) {}

  /**
   * All acts up to `seq`, to every case; returns how many cases have heard them. Repeated, it passes over those that have.
   * A case that is missing or silent gets an alarm and holds up nobody. @throws when Temporal or Postgres is away
   */
  async spread(campaignId: string, seq: number, onProgress: () => void): Promise<number> {
    const events = await ledger.eventsOf(this.database, { kind: 'campaign', id: campaignId });
    const until = events.filter((event) => event.seq <= seq);
    let reached = 0;
    for (const wave of launchedIn(until)) {
      let after: string | undefined;
      do {
        const page = await campaigns.openCases(this.database, { campaignId, after, limit: IN_FLIGHT, wave });
        const told = await Promise.all(
          page.items.map((id) => this.tellAll(campaignId, id, actsFor(until, wave, id), onProgress)),
        );
        reached += told.filter(Boolean).length;
        after = page.next ?? undefined;
      } while (after !== undefined);
    }
    return reached;
  }

  /** What one case has missed. True when it has heard everything. */
  async bring(caseId: string): Promise<boolean> {
    const found = await campaigns.findCase(this.database, caseId);
    if (!found) return true;
    const events = await ledger.eventsOf(this.database, { kind: 'campaign', id: found.campaignId });
    return this.tellAll(found.campaignId, caseId, actsFor(events, found.wave, caseId));
  }

  private async tellAll(campaignId: string, id: string, acts: Act[], onProgress = (): void => undefined) {
    for (const act of acts) {
      const isHeard = await this.tell(campaignId, id, act);
      onProgress();
      if (!isHeard) return false;
    }
    return true;
  }

  private async tell(campaignId: string, id: string, { event, body }: Act): Promise<boolean> {
    const commandId = fanOutCommandId(campaignId, event.seq, id);
    if (await commands.find(this.database, commandId)) return true;
    const { paper, dates } = event;
    const envelope = { ...engineEnvelope(commandId, fromMs(Date.now())), dates, ...(paper ? { paper } : {}) };
    const command: Command = { ...body, envelope };
    try {
      await this.client.withDeadline(Date.now() + ANSWER_MS, () => this.commander.give({ scope: 'case', id }, command));
      return true;
    } catch (error) {
      if (!isCasesOwn(error)) throw error;
      const line = await board.find(this.database, 'case', id);
      if (!line || !isOpen(line.row)) return true;
      await watch.raise(this.database, ALARM_UNHEARD, { kind: 'case', id });
      return false;
    }
  }
}

/** The case is gone or silent; anything else is trouble of the servers, and concerns all cases. */
const isCasesOwn = (error: unknown): boolean =>
  error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;

const launchedIn = (events: CaseEvent[]): number[] => [
  ...new Set(events.flatMap((event) => (event.type === 'waveLaunched' ? [event.data.wave] : []))),
];

/** A case has taken over at its opening what came before its launch: telling it would bring old things back. */
function actsFor(events: CaseEvent[], ofWave: number, ofCase: string): Act[] {
  const launch = events.find((event) => event.type === 'waveLaunched' && event.data.wave === ofWave);
  const later = events.filter(({ seq }) => launch !== undefined && seq > launch.seq);
  return later.flatMap((event) => {
    const act = actOf(event);
    const isMeant = act && (act.wave ?? ofWave) === ofWave && (act.caseId ?? ofCase) === ofCase;
    return isMeant ? [{ event, ...act }] : [];
  });
}

/** What an event of the campaign asks of its cases, and of which. */
function actOf(event: CaseEvent): Omit<Act, 'event'> | null {
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
