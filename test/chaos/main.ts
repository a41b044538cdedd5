// `npm run chaos [-- --minutes 5 --seed 7 --cases 9]`; with `--plant NAME` a fault is put in first, and must be found.
import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { count } from '../support/count.js';
import { chaos } from './chaos.js';
import { storm } from './contexts.js';
import { withPostgres } from './own-postgres.js';
import { generator } from './random.js';
import { watchedCampaigns } from './watched.js';
import { PLANTS, type Plant } from './plants.js';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: `${Date.now() % 100_000}` },
    cases: { type: 'string', default: '9' },
    plant: { type: 'string' },
  },
});
if (values.plant !== undefined && !(values.plant in PLANTS))
  throw new Error(`--plant ${Object.keys(PLANTS).join(' | ')}`);
console.log(`seed ${values.seed}`);
const { record: _, ...report } = await chaos({
  seed: Number(values.seed),
  seconds: count('--minutes', values.minutes) * 60,
  cases: count('--cases', values.cases),
  plant: values.plant as Plant | undefined,
  log: (line) => console.log(line),
  onStart: (end, rig) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (end.at <= Date.now()) return void rig.stop().finally(() => process.exit(130));
        console.log(`${signal}: no more kills; the record so far is judged (once more ends it without)`);
        end.at = Date.now();
      });
  },
});
console.log(JSON.stringify(report, null, 2));
const contexts = await withPostgres(async (open) => {
  const watched = await watchedCampaigns(await open('superuser'), await open('engine'), 4);
  return storm(await open('app', 6), watched, 10_000, generator(report.seed));
});
console.log(JSON.stringify(contexts, null, 2));
process.exitCode = report.faults.length + contexts.foreign + contexts.blind > 0 ? 1 : 0;
