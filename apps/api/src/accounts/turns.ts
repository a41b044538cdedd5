import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../config.js';
import { ProblemException } from '../http/problem-exception.js';
import { CONFIG } from '../tokens.js';

/** A full queue is worked off in about so long. */
const SECONDS = 3;

/** So many at once, so many waiting in their order, and whoever comes then is sent away. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** `rest`: how long a place stays empty after its work, as a share of the time that took. */
  constructor(
    private readonly atOnce: number,
    private readonly queue: number,
    private readonly rest = 0,
  ) {}

  /** @throws BUSY when the queue is full; nothing was done */
  async take<T>(work: () => Promise<T>): Promise<T> {
    this.refuseWhenFull();
    if (this.running >= this.atOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    const start = performance.now();
    try {
      return await work();
    } finally {
      if (this.rest === 0) this.pass();
      else setTimeout(() => this.pass(), (performance.now() - start) * this.rest);
    }
  }

  /** The place goes from hand to hand, so that nobody who comes now slips in before those who wait. */
  private pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }

  /** @throws BUSY */
  refuseWhenFull(): void {
    if (this.running >= this.atOnce && this.waiting.length >= this.queue)
      throw new ProblemException('BUSY', { params: { seconds: SECONDS } }, SECONDS);
  }
}

/**
 * Of sign-ins as a whole: what they ask of processor and database must not keep the others from it. One more than passwords
 * are hashed at once, so that the next is ready when a hash is done.
 */
@Injectable()
export class SignInTurns extends Turns {
  constructor(@Inject(CONFIG) config: ApiConfig) {
    super(config.GIAMSAT_PASSWORD_HASHES + 1, config.GIAMSAT_PASSWORD_QUEUE);
  }
}
