import { z } from 'zod';
import { type ProblemCode, PROBLEM_CODES, statusOf } from './codes.js';
import { say } from './words.js';

const words = z.object({ vi: z.string(), en: z.string() });
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** One mistake of several: where it is (path into the body or file), and what would be right. */
export const mistake = z.object({
  path: z.string(),
  code: z.string(),
  message: words,
  params: paramsSchema.optional(),
});
export type Mistake = z.infer<typeof mistake>;

/** Every answer that is not a success (RFC 9457, `application/problem+json`). `code` is from one closed list. */
export const problem = z.object({
  type: z.string(),
  status: z.int(),
  code: z.enum(PROBLEM_CODES as [ProblemCode, ...ProblemCode[]]),
  title: z.string(),
  titles: words,
  params: paramsSchema,
  errors: z.array(mistake),
  /** seq of the stream when it refused */
  seq: z.int().optional(),
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json';

export function problemOf(
  code: ProblemCode,
  { params = {}, errors = [], ...rest }: Partial<Pick<Problem, 'params' | 'errors' | 'seq' | 'requestId'>> = {},
): Problem {
  const titles = say(code, params);
  return {
    type: `urn:giamsat:problem:${code}`,
    status: statusOf(code),
    code,
    title: titles.vi,
    titles,
    params,
    errors,
    ...rest,
  };
}

/** What the client throws for it. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** seconds after which trying again makes sense */
    readonly retryAfter?: number,
  ) {
    super(`${problem.code}: ${problem.titles.en}`);
    this.name = 'ProblemError';
  }
}
