import { ProblemError } from '@giamsat/contracts/http';
import { Stop } from '../cli/exit.js';

/** An outcome that is not known yet is asked for again with the same key, which is safe; the key is told when we give up. */
export async function untilAnswered<T>(key: string, send: () => Promise<T>): Promise<T> {
  for (let left = 2; ; left--) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'NO_ANSWER_YET') throw error;
      const { titles } = error.problem;
      if (left === 0)
        throw new Stop(
          'unreachable',
          { vi: `${titles.vi} Thêm --key ${key}`, en: `${titles.en} Add --key ${key}` },
          [],
          { ...error.problem, key },
        );
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? 1) * 1000));
    }
  }
}
