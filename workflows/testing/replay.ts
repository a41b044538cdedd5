// Replays histories: `npx tsx --conditions=source --tsconfig test/tsconfig.json workflows/testing/replay.ts BUNDLE FILE…`. One line of JSON per history, `{ file, error }`; exit code 1 when
// one of them does not replay. A process of its own, because the time zone of a process stands from its start.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { dataConverter } from '@giamsat/contracts/temporal';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const [bundle = '', ...files] = process.argv.slice(2);
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

async function* histories() {
  for (const file of files) yield { workflowId: basename(file), history: JSON.parse(await readFile(file, 'utf8')) };
}

const options = { workflowBundle: { codePath: bundle }, dataConverter: dataConverter() };
for await (const { workflowId, error } of Worker.runReplayHistories(options, histories())) {
  console.log(JSON.stringify({ file: workflowId, error: error ? error.name : null }));
  if (error) process.exitCode = 1;
}
