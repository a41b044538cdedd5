import { type Problem, type ProblemCode, problemOf } from '@giamsat/contracts/http';

type Details = NonNullable<Parameters<typeof problemOf>[1]>;

/** An answer that is not a success, from any depth. The filter writes it. */
export class ProblemException extends Error {
  readonly problem: Problem;

  constructor(
    code: ProblemCode,
    details: Details = {},
    /** seconds */
    readonly retryAfter?: number,
  ) {
    super(code);
    this.problem = problemOf(code, details);
  }
}

/** What is not yours looks exactly like what does not exist. */
export const notFound = (): ProblemException => new ProblemException('NOT_FOUND');
