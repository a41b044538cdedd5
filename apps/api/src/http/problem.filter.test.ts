import type { ArgumentsHost } from '@nestjs/common';
import { ServiceError } from '@temporalio/client';
import { pino } from 'pino';
import { ProblemFilter } from './problem.filter.js';

/** What a caller is told of it: the problem, and when to come back. */
function toldOf(thrown: unknown) {
  const told: { status?: number; retryAfter?: string; problem?: { code: string } } = {};
  const response = {
    headersSent: false,
    setHeader: (name: string, value: string) => void (name === 'Retry-After' && (told.retryAfter = value)),
    getHeader: () => undefined,
    status: (status: number) => ((told.status = status), response),
    type: () => response,
    send: (text: string) => void (told.problem = JSON.parse(text) as { code: string }),
  };
  const host = { switchToHttp: () => ({ getResponse: () => response }) } as unknown as ArgumentsHost;
  new ProblemFilter(pino({ level: 'silent' })).catch(thrown, host);
  return { status: told.status, code: told.problem?.code, retryAfter: told.retryAfter };
}

const later = { status: 503, code: 'UNAVAILABLE', retryAfter: '5' };

describe('a server behind the api that gives no answer', () => {
  it.each([
    ['a call the server ended at our deadline', 1],
    ['a call that took too long', 4],
    ['more calls than the server takes', 8],
    ['a server that is away', 14],
  ])('is to be asked again later, and no fault of ours: %s', (_, code) => {
    const cause = Object.assign(new Error('Call cancelled'), { code });
    expect(toldOf(new ServiceError('Failed to start Workflow', { cause }))).toEqual(later);
  });

  it('is a fault where the server found something wrong in the call', () => {
    const cause = Object.assign(new Error('bad argument'), { code: 3 });
    expect(toldOf(new ServiceError('Failed to start Workflow', { cause }))).toMatchObject({
      status: 500,
      code: 'INTERNAL',
    });
  });
});
