import { ProblemException } from '../http/problem-exception.js';

/**
 * So many at once, so many waiting, and whoever comes then is sent away: hashing a password costs a core for a while, and a
 * flood of sign-ins must not take all of them.
 */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly queue: number,
  ) {}

  /** @throws BUSY when the queue is full; nothing was done */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) await this.wait();
    else this.running++;
    try {
      return await work();
    } finally {
      // The place goes from hand to hand, so that nobody who comes now slips in before those who wait.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= this.queue)
      throw new ProblemException('BUSY', { params: { seconds: SECONDS } }, SECONDS);
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** A full queue is worked off in about so long. */
const SECONDS = 3;
