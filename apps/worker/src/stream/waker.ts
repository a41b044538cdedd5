import { wakeDelivery } from '@giamsat/contracts/temporal';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { LOG, TEMPORAL } from '../tokens.js';

/** Wakes delivery after a commit that owes somebody a letter. Nobody waits for it, and the watchdog wakes it too. */
@Injectable()
export class Waker implements OnModuleDestroy {
  private waking: Promise<void> | null = null;
  private again = false;

  constructor(
    @Inject(TEMPORAL) private readonly client: Client,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** A burst of calls is at most two signals: the one on its way and one after it. */
  wake(): void {
    this.again = this.waking !== null;
    this.waking ??= this.signal();
  }

  async onModuleDestroy(): Promise<void> {
    while (this.waking) await this.waking;
  }

  private async signal(): Promise<void> {
    try {
      await wakeDelivery(this.client);
    } catch (error) {
      this.log.warn({ error: (error as Error).name }, 'delivery could not be woken');
    }
    this.waking = null;
    if (this.again) this.wake();
  }
}
