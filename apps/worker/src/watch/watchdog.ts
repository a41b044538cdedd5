import type { AlarmKind } from '@giamsat/contracts/http';
import { isBroken, isFailing, isGivenUp, standsAt, startStream, wakeDelivery } from '@giamsat/contracts/temporal';
import { campaignWorkflowId, caseWorkflowId, nudgeSignal, type StreamInput } from '@giamsat/contracts/workflow';
import { board, ledger, outbox, watch } from '@giamsat/database';
import { fromMs, isOpen } from '@giamsat/procedure';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from '../config.js';
import { ALARM_UNHEARD, FanOut } from '../launch/fan-out.js';
import { CONFIG, DATABASE, LOG, TEMPORAL } from '../tokens.js';

/** A moment this long past without its event is nobody's slow answer any more. */
const GRACE_MS = 10_000;
/** Nudged for so long, and still there: somebody has to look. */
const ALARM_MS = 10 * 60_000;
const PAGE = 100;
/** looked at at a time */
const IN_FLIGHT = 16;
/** up to when what was decided is known to have been heard */
const HEARD = 'heard';
const ALARM_MISSING = 'workflow-missing';
const ALARM_STUCK = 'moment-stuck';
const ALARM_REPLACED = 'workflow-replaced';
/** The others tell of what has happened: a person clears them. */
const OF_RUNNING: ReadonlySet<AlarmKind> = new Set([ALARM_MISSING, ALARM_STUCK, ALARM_UNHEARD] as const);

/**
 * Trusts nobody, Temporal's timers least (design §3.16): compares the board with the clock and with Temporal. Safe to run
 * twice, late, or not at all for a day. One at a time on a database, by an advisory lock.
 */
@Injectable()
export class Watchdog implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private cursor: string | undefined;
  /** of which nobody knows whether they have heard: they did not answer, and are asked again */
  private silent: watch.Decided[] = [];

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(LOG) private readonly log: Logger,
    private readonly fanOut: FanOut,
  ) {}

  onApplicationBootstrap(): void {
    const again = (): void => {
      this.round = this.look()
        .catch((error: unknown) => this.log.warn({ error: (error as Error).name }, 'the watchdog could not look'))
        .then(() => void (this.timer = setTimeout(again, this.config.GIAMSAT_WATCH_SECONDS * 1_000)));
    };
    again();
  }

  async onModuleDestroy(): Promise<void> {
    await this.round;
    clearTimeout(this.timer);
  }

  /** One round. Returns false when another worker is at it. */
  look(now = Date.now()): Promise<boolean> {
    return watch.alone(this.database, 'watchdog', async () => {
      await this.clearAlarms(now);
      await this.nudgeMissed(now);
      await this.nudgeDeaf();
      await this.findMissing();
      if (await this.isDeliveryDue(now)) await wakeDelivery(this.client);
      await watch.setWatermark(this.database, 'watchdog', fromMs(now));
    });
  }

  private async nudgeMissed(now: number): Promise<void> {
    const missed = await watch.missedMoments(this.database, { before: fromMs(now - GRACE_MS), limit: PAGE });
    for (const { scope, id, nextMoment } of missed)
      if (now - Date.parse(nextMoment) > ALARM_MS) await this.alarm(ALARM_STUCK, scope, id);
    await this.each(missed, ({ scope, id }) => this.nudge(scope, id));
    if (missed.length > 0) this.log.warn({ count: missed.length }, 'moments had not passed');
  }

  /**
   * A server of Temporal that goes down between a commit and the end of its workflow task forgets the Update. Whoever gave the
   * command has his answer from Postgres; the workflow would stand behind it until somebody speaks to it, for ever when it ended.
   */
  private async nudgeDeaf(): Promise<void> {
    const before = await watch.longAgo(this.database, GRACE_MS);
    const after = (await watch.watermark(this.database, HEARD)) ?? fromMs(0);
    const page = await watch.decided(this.database, { after, before, limit: PAGE });
    const deaf = new Set<string>();
    const asked = new Map([...this.silent, ...page].map((each) => [each.id, each]));
    this.silent = await this.each([...asked.values()], async (each) => {
      if (await this.hasHeard(each)) return;
      deaf.add(each.id);
      await this.nudge(each.scope, each.id);
    });
    if (deaf.size > 0) this.log.warn({ count: deaf.size }, 'workflows stood behind the ledger');
    await watch.setWatermark(this.database, HEARD, page.length === PAGE ? page.at(-1)!.at : before);
  }

  private async hasHeard({ scope, id, seq, isRunning }: watch.Decided): Promise<boolean> {
    const workflowId = workflowIdOf(scope, id);
    if (!isRunning) return (await this.statusOf(workflowId)) !== 'RUNNING';
    return standsAt(this.client, workflowId).then(
      (heard) => heard >= seq,
      () => false,
    );
  }

  private async nudge(scope: 'case' | 'campaign', id: string): Promise<void> {
    const workflowId = workflowIdOf(scope, id);
    const found = await this.describe(workflowId);
    if (found?.status.name !== 'RUNNING') return this.examine(scope, id);
    // The count of failures begins anew with every signal: what fails is waited for, until it is given up.
    if (isGivenUp(found) || (!isFailing(found) && (await isBroken(this.client, found)))) return this.replace(scope, id);
    if (!isFailing(found)) await this.signal(workflowId);
  }

  private async signal(workflowId: string): Promise<void> {
    try {
      await this.client.workflow.getHandle(workflowId).signal(nudgeSignal);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  /** A page of what should run at each round, all of it in turn. */
  private async findMissing(): Promise<void> {
    const page = await watch.running(this.database, { after: this.cursor, limit: PAGE });
    this.cursor = page.length === PAGE ? page.at(-1)!.id : undefined;
    await this.each(page, ({ scope, id }) => this.examine(scope, id));
  }

  /** Looks at all, some at a time; one that does not answer holds up none of the others. Returns those that did not. */
  private async each<T extends { scope: string; id: string }>(
    all: T[],
    look: (each: T) => Promise<void>,
  ): Promise<T[]> {
    const failed: T[] = [];
    const attempt = async (each: T): Promise<void> => {
      try {
        await look(each);
      } catch (error) {
        const { scope, id } = each;
        this.log.warn({ scope, id, error: (error as Error).name }, 'the watchdog could not look at one');
        failed.push(each);
      }
    };
    for (let n = 0; n < all.length; n += IN_FLIGHT) await Promise.all(all.slice(n, n + IN_FLIGHT).map(attempt));
    return failed;
  }

  private async examine(scope: 'case' | 'campaign', id: string): Promise<void> {
    const found = await this.describe(workflowIdOf(scope, id));
    if (found && isGivenUp(found)) return this.replace(scope, id);
    if (found?.status.name === 'RUNNING') return;
    const input = found === null ? await ledger.streamInput(this.database, { scope, id }) : null;
    if (input === null || hadWorkflow(input)) return this.missing(scope, id);
    // The api wrote the plan and was killed before it could start the campaign.
    if (await startStream(this.client, input)) this.log.info({ scope, id }, 'workflow started from the ledger');
  }

  /** It may have ended since it was asked for. */
  private async missing(scope: 'case' | 'campaign', id: string): Promise<void> {
    const line = await board.find(this.database, scope, id);
    if (line && isOpen(line.row)) await this.alarm(ALARM_MISSING, scope, id);
  }

  /** Postgres decides and the workflow follows: another one goes on where the ledger ends. */
  private async replace(scope: 'case' | 'campaign', id: string): Promise<void> {
    const input = await ledger.streamInput(this.database, { scope, id });
    if (input && (await startStream(this.client, input, { restore: true })))
      await this.alarm(ALARM_REPLACED, scope, id);
  }

  private async clearAlarms(now: number): Promise<void> {
    const alarms = (await watch.alarms(this.database)).flatMap(({ alarm, kind, id }) =>
      kind === 'case' || kind === 'campaign' ? [{ alarm, scope: kind, id }] : [],
    );
    await this.each(alarms, async ({ alarm, scope: kind, id }) => {
      const line = await board.find(this.database, kind, id);
      const nextMoment = line?.row.nextMoment;
      const isOver =
        (OF_RUNNING.has(alarm) && !(line && isOpen(line.row))) ||
        (alarm === ALARM_MISSING && (await this.statusOf(workflowIdOf(kind, id))) === 'RUNNING') ||
        (alarm === ALARM_UNHEARD && (await this.fanOut.bring(id))) ||
        (alarm === ALARM_STUCK && (!nextMoment || Date.parse(nextMoment) > now - ALARM_MS));
      if (isOver) await watch.clear(this.database, alarm, { kind, id });
    });
  }

  private async isDeliveryDue(now: number): Promise<boolean> {
    const next = await outbox.nextTry(this.database);
    if (next !== null && Date.parse(next) <= now) return true;
    return (await outbox.unreported(this.database, 1)).length > 0;
  }

  private async statusOf(workflowId: string): Promise<string | null> {
    return (await this.describe(workflowId))?.status.name ?? null;
  }

  private async describe(workflowId: string): Promise<WorkflowExecutionDescription | null> {
    try {
      return await this.client.workflow.getHandle(workflowId).describe();
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  private async alarm(alarm: AlarmKind, scope: 'case' | 'campaign', id: string): Promise<void> {
    if (await watch.raise(this.database, alarm, { kind: scope, id })) this.log.error({ alarm, scope, id }, ADVICE);
  }
}

const ADVICE = 'a case or campaign needs a person: see giamsat alarm list';

/**
 * A launched case always had one: it stands in a wave only once it was started. A campaign had one when anything was
 * decided after its opening. Gone now, it was ended or deleted by somebody's hand: a person sees why and restores it.
 */
const hadWorkflow = ({ scope, events }: StreamInput): boolean =>
  scope === 'case' || events.some(({ commandId }) => commandId !== events[0]?.commandId);

const workflowIdOf = (scope: 'case' | 'campaign', id: string): string =>
  scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);
