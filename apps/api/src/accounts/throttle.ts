import { Injectable } from '@nestjs/common';

/** Tries that cost nothing; each further one doubles the wait. */
const FREE = 5;
const LONGEST_SECONDS = 15 * 60;
/** Forgotten after so long, and the oldest when there are too many: memory is bounded. */
const KEPT_MS = 60 * 60_000;
const MOST = 10_000;

interface Failures {
  count: number;
  last: number;
}

/** Slows down guessing at one account, known or not. Per process: several of them only multiply the free tries. */
@Injectable()
export class Throttle {
  private readonly byLogin = new Map<string, Failures>();

  /** Seconds to wait before this login is looked at again; 0 = none. */
  wait(login: string, now: number): number {
    const failures = this.byLogin.get(key(login));
    if (!failures || failures.count < FREE || now - failures.last > KEPT_MS) return 0;
    const seconds = Math.min(2 ** (failures.count - FREE), LONGEST_SECONDS);
    return Math.max(0, Math.ceil((failures.last + seconds * 1000 - now) / 1000));
  }

  /** Counted before the password is looked at, so that many at once are not all free. */
  attempt(login: string, now: number): void {
    const before = this.byLogin.get(key(login));
    const count = before && now - before.last <= KEPT_MS ? before.count + 1 : 1;
    this.byLogin.delete(key(login));
    this.byLogin.set(key(login), { count, last: now });
    const oldest = this.byLogin.keys().next();
    if (this.byLogin.size > MOST && !oldest.done) this.byLogin.delete(oldest.value);
  }

  succeed(login: string): void {
    this.byLogin.delete(key(login));
  }
}

const key = (login: string): string => login.toLowerCase();
