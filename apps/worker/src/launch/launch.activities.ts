import { startStream } from '@giamsat/contracts/temporal';
import type { LaunchActivities, StreamInput } from '@giamsat/contracts/workflow';
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
    const streams = this.toStart(input);
    let started: string[] = [];
    const mark = async (): Promise<{ standing: number }> => {
      const caseIds = started;
      started = [];
      const { standing } = await launches.markStanding(this.database, { ...input, caseIds });
      Context.current().heartbeat(standing);
      return { standing };
    };
    // All lanes draw from one source, so no start waits for the slowest of others; a failure closes it for all.
    const lane = async (): Promise<void> => {
      for await (const stream of streams) {
        await startStream(this.client, stream, { eager: true });
        if (started.push(stream.id) >= IN_FLIGHT) await mark();
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return mark();
  }

  /** The next page is read while this one starts. */
  private async *toStart(input: { campaignId: string; wave: number }): AsyncGenerator<StreamInput> {
    const read = (after?: string) => launches.toStart(this.database, { ...input, after, limit: IN_FLIGHT });
    let next = read();
    for (let page = await next; page.length > 0; page = await next) {
      next = read(page.at(-1)!.id);
      next.catch(() => undefined); // told when it is asked for, if it ever is
      yield* page;
    }
  }

  async fanOut({ campaignId, seq }: { campaignId: string; seq: number }): Promise<{ reached: number }> {
    const context = Context.current();
    return { reached: await this.fanOuts.spread(campaignId, seq, () => context.heartbeat()) };
  }
}
