import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Application, ApplicationProcess, Surroundings } from './application.js';
import { Fault } from './fault.js';
import { logFile } from './home.js';
import { root } from './root.js';

const script = (app: string): string => join(root, 'apps', app, 'dist', 'main.js');

const isReady = (port: number): Promise<boolean> => fetch(`http://127.0.0.1:${port}/readyz`).then(({ ok }) => ok);

const worker: ApplicationProcess = {
  name: 'worker',
  args: [script('worker')],
  isReady: ({ ports }) => isReady(ports.worker),
};

const api: ApplicationProcess = { name: 'api', args: [script('api')], isReady: ({ ports }) => isReady(ports.api) };

async function loadDemo({ home, environment }: Surroundings): Promise<string> {
  const log = logFile(home, 'demo');
  const stderr = { file: log, append: true };
  const command = [script('cli'), 'demo', 'load'];
  const done = await execa(process.execPath, command, { env: { ...environment }, stderr, reject: false });
  if (!done.failed) return done.stdout;
  throw new Fault(
    `Không nạp được dữ liệu mẫu: hãy xem ${log} rồi chạy lại.`,
    `The demo could not be loaded: see ${log} and start again.`,
  );
}

/** Our own application. */
export const giamsat: Application = {
  processes: [worker, api],
  loadDemo: existsSync(script('cli')) ? loadDemo : undefined,
};
