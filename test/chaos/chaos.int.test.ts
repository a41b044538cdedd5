import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { chaos } from './chaos.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** The short form of `npm run chaos`. Shown to bite by letting `commit_stream` forget the commands it knows. */
it('keeps every acknowledged command once while servers are killed under a running campaign', async () => {
  await promisify(execFile)('npx', ['tsc', '-b', 'apps/api', 'apps/worker'], {
    cwd: new URL('../..', import.meta.url).pathname,
  });
  const report = await chaos({ seed: 11, seconds: 15, cases: 3, log: () => undefined });
  expect(report.faults).toEqual([]);
  expect(report.accepted).toBeGreaterThan(3);
  expect(Object.values(report.kills).reduce((a, b) => a + b, 0)).toBeGreaterThan(1);
}, 240_000);
