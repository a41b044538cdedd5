import type { Application } from './application.js';
import { readConfig } from './config.js';
import { Fault } from './fault.js';
import { root } from './root.js';
import { Starter } from './starter.js';
import { takeSteps } from './steps.js';

/**
 * Starts everything and stays until a signal or a lost process ends it; then the process exits with 0 after a signal and 1
 * after a fault.
 * @param welcome prints where things are, once all runs
 */
export async function run(application: Application, welcome: (starter: Starter) => void): Promise<void> {
  // Cases are about people: what we and the servers write is for this user alone.
  process.umask(0o077);
  let starter: Starter | undefined;
  let leaving = false;

  const leave = async (code: number): Promise<void> => {
    if (leaving) return;
    leaving = true;
    await starter?.stop();
    process.exit(code);
  };
  const fail = async (error: unknown): Promise<void> => {
    if (leaving) return; // What a stop cuts short fails, and nobody needs to read that.
    console.error(`\n${inWords(error)}`);
    await leave(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!leaving) console.log('\nĐang dừng · Stopping …');
      void leave(0);
    });
  }

  try {
    starter = new Starter(readConfig(process.env, root), application, (fault) => void fail(fault));
    await takeSteps(starter, application);
    starter.announce();
    welcome(starter);
  } catch (error) {
    await fail(error);
  }
}

function inWords(error: unknown): string {
  if (error instanceof Fault) return error.message;
  const { code, stack } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' ? diskFull.message : String(stack);
}

const diskFull = new Fault(
  'Đĩa đã đầy: hãy dọn đĩa hoặc đặt GIAMSAT_HOME trên đĩa khác rồi chạy lại.',
  'The disk is full: free some space or set GIAMSAT_HOME on another disk and start again.',
);
