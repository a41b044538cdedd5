import { PROBLEM_TYPE, type ProblemCode } from '@giamsat/contracts/http';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { ProblemException } from './problem-exception.js';
import { requestIdOf } from './request-log.js';

const RETRY_SECONDS = 5;

/** Turns whatever was thrown into one kind of answer (RFC 9457). Faults are logged by kind and place, never by content. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const requestId = requestIdOf(response);
    const exception = this.exceptionOf(thrown, requestId);
    if (response.headersSent) return void response.end();
    if (exception.retryAfter !== undefined) response.setHeader('Retry-After', String(exception.retryAfter));
    if (exception.problem.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer');
    response
      .status(exception.problem.status)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify({ ...exception.problem, requestId }));
  }

  private exceptionOf(thrown: unknown, requestId: string): ProblemException {
    if (thrown instanceof ProblemException) return thrown;
    const code = codeOf(thrown);
    if (code === 'INTERNAL' || code === 'UNAVAILABLE') this.log.error({ requestId, ...faultOf(thrown) }, 'fault');
    return new ProblemException(
      code,
      { params: code === 'INTERNAL' ? { requestId } : {} },
      code === 'UNAVAILABLE' ? RETRY_SECONDS : undefined,
    );
  }
}

const BY_STATUS: Record<number, ProblemCode> = {
  400: 'INVALID',
  403: 'FOREIGN_ORIGIN',
  404: 'NOT_FOUND',
  413: 'TOO_LARGE',
  415: 'NOT_JSON',
};

/** Connection refused, reset or timed out; Postgres is starting, stopping or full (classes 08, 53, 57). */
const AWAY = /^(ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|08\w{3}|53\w{3}|57P\w{2})$/;

/**
 * gRPC: Temporal did not answer in time, has too much to do, or is away. Its server ends a call at our deadline too, and
 * when that comes a moment before our own clock, the call counts as cancelled (1) and not as late (4).
 */
const SILENT = [1, 4, 8, 14];

/** Characters that Postgres cannot keep: a NUL in a text or in JSON. */
const UNSTORABLE = ['22021', '22P05'];

/** What Nest, the body parser, Postgres and the driver throw, by what a caller can do about it. */
function codeOf(thrown: unknown): ProblemCode {
  const status = thrown instanceof HttpException ? thrown.getStatus() : Number(read(thrown, 'status'));
  if (status && status < 500) return BY_STATUS[status] ?? 'INVALID';
  if (UNSTORABLE.includes(String(read(thrown, 'code')))) return 'INVALID';
  const isAway =
    SILENT.includes(Number(read(read(thrown, 'cause') ?? thrown, 'code'))) ||
    AWAY.test(String(read(thrown, 'code'))) ||
    /^(Connection terminated|timeout exceeded)/.test(text(thrown));
  return isAway ? 'UNAVAILABLE' : 'INTERNAL';
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
const text = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : '');

/** Class, code and place; the message may quote a row. */
function faultOf(thrown: unknown): object {
  const frames = thrown instanceof Error ? (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return {
    kind: thrown instanceof Error ? thrown.name : typeof thrown,
    code: read(thrown, 'code'),
    at: frames.slice(0, 8),
  };
}
