import { Inject, Injectable } from '@nestjs/common';
import type { ApiConfig } from '../config.js';
import { CONFIG } from '../tokens.js';
import { ProblemException } from './problem-exception.js';

/** The longest unused are forgotten when there are more: memory is bounded. */
const MOST = 10_000;

interface Bucket {
  left: number;
  at: number;
}

/** How many requests one session may send: a minute's worth at once, then as they flow in. Per process. */
@Injectable()
export class Pace {
  private readonly buckets = new Map<string, Bucket>();
  private readonly most: number;

  constructor(@Inject(CONFIG) { GIAMSAT_REQUESTS_PER_MINUTE }: Pick<ApiConfig, 'GIAMSAT_REQUESTS_PER_MINUTE'>) {
    this.most = GIAMSAT_REQUESTS_PER_MINUTE;
  }

  /** @throws TOO_MANY with the seconds after which one more is free */
  take(session: string, nowMs = performance.now()): void {
    const { left, at } = this.buckets.get(session) ?? { left: this.most, at: nowMs };
    const now = Math.min(this.most, left + ((nowMs - at) / 60_000) * this.most);
    const isFree = now >= 1;
    this.buckets.delete(session);
    this.buckets.set(session, { left: isFree ? now - 1 : now, at: nowMs });
    const oldest = this.buckets.keys().next();
    if (this.buckets.size > MOST && !oldest.done) this.buckets.delete(oldest.value);
    const seconds = Math.ceil(((1 - now) * 60) / this.most);
    if (!isFree) throw new ProblemException('TOO_MANY', { params: { seconds } }, seconds);
  }
}
