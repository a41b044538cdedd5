import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `probe` until it answers something else than undefined.
 * @throws what `giveUp` makes of the last error, after `withinMs`
 */
export async function waitUntil<T>(
  probe: () => Promise<T | undefined>,
  withinMs: number,
  giveUp: (last: unknown) => Error,
): Promise<T> {
  const end = Date.now() + withinMs;
  let last: unknown;
  do {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (error instanceof Stop) throw error.cause;
      last = error;
    }
    await pause(40);
  } while (Date.now() < end);
  throw giveUp(last);
}

/** Thrown by a probe that knows waiting is useless; its cause is thrown on. */
export class Stop extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}
