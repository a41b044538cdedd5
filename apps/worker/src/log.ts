import type { Logger as SdkLogger, LogLevel, LogMetadata } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/** One line of JSON each, to standard output. Ids and codes only: what is not listed here is never written. */
export const createLog = (level: string): Logger => pino({ name: 'worker', level, base: undefined });

const KEPT = ['workflowId', 'runId', 'workflowType', 'activityType', 'attempt', 'taskQueue', 'sdkComponent'] as const;

/** The SDK's own lines, without arguments, failures' texts or anything else it may add. */
export function sdkLogger(log: Logger): SdkLogger {
  const child = log.child({ from: 'sdk' });
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const kept = Object.fromEntries(KEPT.flatMap((key) => (meta[key] === undefined ? [] : [[key, String(meta[key])]])));
    const error = meta.error as { name?: string } | undefined;
    child[PINO[level]]({ ...kept, ...(error?.name ? { error: error.name } : {}) }, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}

const PINO = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
