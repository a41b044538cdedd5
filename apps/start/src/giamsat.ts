import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectClient, temporalVariables } from '@giamsat/contracts/temporal';
import { TASK_QUEUE } from '@giamsat/contracts/workflow';
import { execa } from 'execa';
import { z } from 'zod';
import type { Application, ApplicationProcess, Surroundings } from './application.js';
import { Fault } from './fault.js';
import { logFile } from './home.js';
import { root } from './root.js';

const script = (app: string): string => join(root, 'apps', app, 'dist', 'main.js');

const worker: ApplicationProcess = { name: 'worker', args: [script('worker')], isReady: somebodyPolls };

const api: ApplicationProcess = {
  name: 'api',
  args: [script('api')],
  isReady: async ({ apiPort }) => (await fetch(`http://127.0.0.1:${apiPort}/readyz`)).ok,
};

/** The worker is ready when Temporal has seen it ask for work; what asked before `since` is the one that is gone. */
async function somebodyPolls({ environment }: Surroundings, since: Date): Promise<boolean> {
  const config = z.object(temporalVariables).parse(environment);
  const { connection } = await connectClient(config);
  try {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace: config.TEMPORAL_NAMESPACE,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: 1,
    });
    return (pollers ?? []).some(({ lastAccessTime }) => Number(lastAccessTime?.seconds) * 1000 > since.getTime());
  } finally {
    await connection.close();
  }
}

async function loadDemo({ home, environment }: Surroundings): Promise<void> {
  const log = logFile(home, 'demo');
  const to = { file: log, append: true };
  const env = { ...environment };
  const { failed } = await execa(process.execPath, [script('cli'), 'demo', 'load'], {
    env,
    stdout: to,
    stderr: to,
    reject: false,
  });
  if (!failed) return;
  throw new Fault(
    `Không nạp được dữ liệu mẫu: hãy xem ${log} rồi chạy lại.`,
    `The demo could not be loaded: see ${log} and start again.`,
  );
}

/** Our own application. */
export const giamsat: Application = {
  processes: [worker, api].filter(({ args }) => existsSync(args[0] as string)),
  loadDemo: existsSync(script('cli')) ? loadDemo : undefined,
};
