// A worker in a process of its own that kills itself in the one place where it hurts: after a commit is written and before
// the workflow task that asked for it ends. `DOOMED` holds its settings as JSON.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataConverter } from '@giamsat/contracts/temporal';
import { TASK_QUEUE } from '@giamsat/contracts/workflow';
import { catchUp, commitStream, openDatabase } from '@giamsat/database';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

interface Settings {
  address: string;
  namespace: string;
  bundlePath: string;
  databaseUrl: string;
  keys: string;
}

/** Resolves when it has killed itself. */
export function runDoomedWorker(settings: Settings): Promise<NodeJS.Signals | null> {
  const root = join(import.meta.dirname, '..', '..');
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', script], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json'),
      DOOMED: JSON.stringify(settings),
    },
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
}

async function work({ address, namespace, bundlePath, databaseUrl, keys }: Settings): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const [connection, engine] = await Promise.all([
    NativeConnection.connect({ address }),
    openDatabase({ url: databaseUrl, poolSize: 2 }),
  ]);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { code: readFileSync(bundlePath, 'utf8') },
    dataConverter: dataConverter(keys),
    stickyQueueScheduleToStartTimeout: '1 second',
    activities: {
      catchUp: (input: Parameters<typeof catchUp>[1]) => catchUp(engine, input),
      commit: async (input: Parameters<typeof commitStream>[1]) => {
        await commitStream(engine, input);
        process.kill(process.pid, 'SIGKILL');
      },
    },
  });
  await worker.run();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await work(JSON.parse(process.env.DOOMED!) as Settings);
