import { startStream } from '@giamsat/contracts/temporal';
import type { LaunchActivities } from '@giamsat/contracts/workflow';
import { launches } from '@giamsat/database';
import { Inject, Injectable } from '@nestjs/common';
import { Context } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { DATABASE, TEMPORAL } from '../tokens.js';
import { FanOut } from './fan-out.js';

/** In flight at once: what a server of this size takes without turning anybody away. */
const IN_FLIGHT = 32;

/** What a campaign does to its cases. Safe to kill and repeat at any point (design §3.9). */
@Injectable()
export class LaunchActivity implements LaunchActivities {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    @Inject(TEMPORAL) private readonly client: Client,
    private readonly fanOuts: FanOut,
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

  async fanOut({ campaignId, seq }: { campaignId: string; seq: number }): Promise<{ reached: number }> {
    const context = Context.current();
    return { reached: await this.fanOuts.spread(campaignId, seq, () => context.heartbeat()) };
  }
}
