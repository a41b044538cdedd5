import { startStream, wakeDelivery } from '@giamsat/contracts/temporal';
import { campaignWorkflowId, caseWorkflowId, nudgeSignal } from '@giamsat/contracts/workflow';
import { ledger, outbox, watch } from '@giamsat/database';
import { fromMs } from '@giamsat/procedure';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from '../config.js';
import { CONFIG, DATABASE, LOG, TEMPORAL } from '../tokens.js';

/** A moment this long past without its event is nobody's slow answer any more. */
const GRACE_MS = 10_000;
const PAGE = 100;
const ALARM_MISSING = 'workflow-missing';

/**
 * Trusts nobody, Temporal's timers least (design §3.16): compares the board with the clock and with Temporal. Safe to run
 * twice, late, or not at all for a day. One at a time on a database, by an advisory lock.
 */
@Injectable()
export class Watchdog implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private cursor: string | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
    @Inject(CONFIG) private readonly config: WorkerConfig,
    @Inject(LOG) private readonly log: Logger,
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
      await this.nudgeMissed(now);
      await this.findMissing();
      const next = await outbox.nextTry(this.database);
      if (next !== null && Date.parse(next) <= now) await wakeDelivery(this.client);
      await watch.setWatermark(this.database, 'watchdog', fromMs(now));
    });
  }

  private async nudgeMissed(now: number): Promise<void> {
    const missed = await watch.missedMoments(this.database, { before: fromMs(now - GRACE_MS), limit: PAGE });
    for (const { scope, id } of missed) await this.nudge(scope, id);
    if (missed.length > 0) this.log.warn({ count: missed.length }, 'moments had not passed');
  }

  private async nudge(scope: 'case' | 'campaign', id: string): Promise<void> {
    try {
      await this.client.workflow.getHandle(workflowIdOf(scope, id)).signal(nudgeSignal);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await this.alarm(scope, id);
    }
  }

  /** A page of what should run at each round: whoever has no workflow is started, or reported when it had one. */
  private async findMissing(): Promise<void> {
    const page = await watch.running(this.database, { after: this.cursor, limit: PAGE });
    this.cursor = page.length === PAGE ? page.at(-1)!.id : undefined;
    await Promise.all(page.map(({ scope, id }) => this.examine(scope, id)));
  }

  private async examine(scope: 'case' | 'campaign', id: string): Promise<void> {
    const status = await this.statusOf(workflowIdOf(scope, id));
    if (status === 'RUNNING') return watch.clear(this.database, ALARM_MISSING, { kind: scope, id });
    if (status !== null) return this.alarm(scope, id);
    // Never started, or forgotten with everything else by a server that lost its data: the ledger has all of it.
    const input = await ledger.streamInput(this.database, { scope, id });
    if (input && (await startStream(this.client, input)))
      this.log.info({ scope, id }, 'workflow started from the ledger');
  }

  private async statusOf(workflowId: string): Promise<string | null> {
    try {
      return (await this.client.workflow.getHandle(workflowId).describe()).status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** Ended in Temporal by somebody's hand while the ledger says it runs. A person restores it, and sees why. */
  private async alarm(scope: 'case' | 'campaign', id: string): Promise<void> {
    if (await watch.raise(this.database, ALARM_MISSING, { kind: scope, id }))
      this.log.error({ scope, id }, 'workflow is missing: restore it');
  }
}

const workflowIdOf = (scope: 'case' | 'campaign', id: string): string =>
  scope === 'case' ? caseWorkflowId(id) : campaignWorkflowId(id);
