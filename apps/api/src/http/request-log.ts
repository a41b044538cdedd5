import { PREFIX } from '@giamsat/contracts/http';
import type { NextFunction, Request, Response } from 'express';
import { pino, type Logger } from 'pino';
import { v7, validate } from 'uuid';

const HEADER = 'x-request-id';

export const createLog = (level: string): Logger => pino({ level, base: { process: 'api' } });

/** The caller's own id when it is a UUID, ours otherwise; it comes back in the answer. */
export const requestIdOf = (response: Response): string => String(response.getHeader(HEADER) ?? '');

/** One line a request: method, route template, status, time. No address, no name, no body, no query. */
export function requestLog(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint();
    const given = request.get(HEADER);
    const requestId = given && validate(given) ? given : v7();
    response.setHeader(HEADER, requestId);
    if (request.path.startsWith(PREFIX)) response.setHeader('Cache-Control', 'no-store');
    response.on('finish', () => {
      const ms = Number((process.hrtime.bigint() - started) / 1_000_000n);
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      log.info({ requestId, method: request.method, route, status: response.statusCode, ms }, 'request');
    });
    next();
  };
}
