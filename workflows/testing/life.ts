import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, StreamInput } from '@giamsat/contracts/workflow';
import { engineEnvelope } from '@giamsat/contracts/workflow';
import {
  fold,
  openStream,
  project,
  rowOf,
  type CaseEvent,
  type CaseView,
  type Command,
  type CommandBody,
  type Envelope,
  type Opening,
} from '@giamsat/procedure';
import { procedureLibrary } from '@giamsat/procedure/source';
import type { WorkflowHandle } from '@temporalio/client';
import type { MemoryLedger } from './memory-ledger.js';
import type { Rig } from './rig.js';

const library = procedureLibrary();
export const drill = library.getProcedure('drill')!.compiled;
export const byDays = library.getProcedure('vn-party-supervision@2026')!.compiled;

export interface Clock {
  /** milliseconds since 1970 */
  now(): Promise<number>;
  sleep(milliseconds: number): Promise<unknown>;
  /** what lies between two acts, so that no two of them have one date */
  gap: number;
}

export interface Stage {
  clock: Clock;
  rig: Rig;
  ledger: MemoryLedger;
  startWorker(): Promise<() => Promise<void>>;
}

/** One case or campaign played through its workflow, of the drill unless told otherwise. */
export class Life {
  private constructor(
    private readonly stage: Stage,
    readonly id: string,
    readonly handle: WorkflowHandle,
    private readonly stopWorker: () => Promise<void>,
  ) {}

  /** `ago`: the workflow starts so many seconds after the case was opened, as after an outage. */
  static async begin(
    stage: Stage,
    { scope = 'case' as StreamInput['scope'], ago = 0, procedure = drill } = {},
  ): Promise<Life> {
    const calendar = library.getCalendar(procedure.calendar)!.compiled;
    const now = new Date((await stage.clock.now()) - ago * 1_000).toISOString();
    const id = randomUUID();
    const dates = { document: now, sent: now, received: now };
    const done = (outcome: string) => ({ outcome, dates });
    const mandate = {
      'programme-approved': done('approved'),
      'plan-issued': done('issued'),
      'team-formed': done('issued'),
    };
    const opening: Opening = {
      scope,
      campaign: scope === 'campaign' ? id : randomUUID(),
      ...(scope === 'case' ? { subject: { caseId: id, unit: 'u1', kind: 'body', wave: 1 } } : {}),
      level: 'province',
      year: 2026,
      mandate: scope === 'case' ? mandate : {},
      planDates: {},
      sessions: {},
      team: 't1',
      historical: false,
    };
    const envelope: Envelope = { ...engineEnvelope(randomUUID(), now), capacity: 'coordinator', actor: 'p' };
    const events = openStream({ opening, procedure, calendar, envelope });
    const { nextMoment } = rowOf(fold(events));
    stage.ledger.write(id, events, nextMoment);
    const stopWorker = await stage.startWorker();
    const handle = await stage.rig.startStream({ scope, id, events, nextMoment });
    return new Life(stage, id, handle, stopWorker);
  }

  get events(): CaseEvent[] {
    return this.stage.ledger.events(this.id);
  }

  async view(): Promise<CaseView> {
    return project(fold(this.events), this.events, await timeOf(this.stage.clock));
  }

  /** Seq of the last event of a type, for acts about an entry. */
  entry(type: CaseEvent['type']): number {
    return this.events.findLast((event) => event.type === type)!.seq;
  }

  async try(capacity: string, body: CommandBody, extra: Partial<Envelope> = {}): Promise<Answer> {
    const enteredAt = await timeOf(this.stage.clock);
    const envelope = { ...engineEnvelope(randomUUID(), enteredAt), capacity, actor: `p-${capacity}`, ...extra };
    const answer = await this.stage.rig.commander.give(this.ref, { ...body, envelope } as Command);
    if (fold(this.events).ended === null) await this.wait(this.stage.clock.gap);
    return answer;
  }

  async do(capacity: string, body: CommandBody, extra: Partial<Envelope> = {}): Promise<void> {
    const answer = await this.try(capacity, body, extra);
    if (answer.outcome === 'refused') throw new Error(`${body.type}: ${JSON.stringify(answer.refusal)}`);
  }

  /** Lets time go by; every moment passes, and every notice is proven unless told otherwise. */
  async wait(seconds: number, end: 'sent' | 'failed' | 'nobody' | null = 'sent'): Promise<void> {
    await this.stage.clock.sleep(seconds * 1_000);
    do await this.untilPassed();
    while (await this.prove(end));
  }

  /** Waits for what the campaign says by itself. */
  async until(type: 'launchCompleted', wave: number): Promise<void> {
    while (!this.events.some((event) => event.type === type && event.data.wave === wave)) await pause(10);
  }

  async close(): Promise<void> {
    await this.stopWorker();
  }

  private get ref() {
    const [opened] = this.events;
    return { scope: opened?.type === 'opened' ? opened.data.opening.scope : 'case', id: this.id } as const;
  }

  private async untilPassed(): Promise<void> {
    const now = await timeOf(this.stage.clock);
    for (let tries = 0; ; tries++) {
      if (tries > 1_000) throw new Error(`a moment does not pass in ${JSON.stringify(this.events)}`);
      const nextMoment = this.stage.ledger.nextMoment(this.id);
      if (nextMoment === null || nextMoment > now) return;
      await pause(10);
    }
  }

  private async prove(end: 'sent' | 'failed' | 'nobody' | null): Promise<boolean> {
    const state = fold(this.events);
    if (end === null || state.ended !== null) return false;
    const at = await timeOf(this.stage.clock);
    const ends = Object.entries(state.rungs).flatMap(([rung, record]) =>
      record.state === 'due' && Object.keys(record.ends).length === 0
        ? record.to.map((office) => ({ rung, office, end, at }))
        : [],
    );
    if (ends.length === 0) return false;
    const envelope = engineEnvelope(randomUUID(), at);
    await this.stage.rig.commander.give(this.ref, { type: 'endNotices', ends, envelope });
    return true;
  }
}

const timeOf = async (clock: Clock): Promise<string> => new Date(await clock.now()).toISOString();
